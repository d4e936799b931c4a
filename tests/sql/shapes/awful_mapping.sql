-- The till, as an engineer has corrected the proposal.
--
-- Rules:
--   A person is the main account; orders of the other ones are the person's. Accounts that were deleted are gone.
--   A credit note cancels the whole receipt that it corrects, and is no order. A refund is a return on its own day.

-- setting: currency = EUR
-- setting: timezone = Europe/Berlin

-- relation: customers
select
    id as customer_id,
    split_part(name, ' ', 1) as first_name,
    split_part(name, ' ', 2) as last_name,
    mail as email,
    town as city,
    land as country,
    created as signup_at
from till.account
where main_account is null and deleted_at is null;

-- relation: products
select
    no as product_id,
    title as name,
    kind as category,
    maker as brand
from till.article;

-- relation: orders
select
    concat_ws('-', receipt.branch, receipt.number) as order_id,
    coalesce(account.main_account, account.id) as customer_id,
    receipt.stamped as ordered_at,
    case when credit_note.number is null then 'completed' else 'cancelled' end as status,
    receipt.currency
from till.receipt
left join till.account on receipt.account = account.id
left join till.receipt as credit_note
    on
        receipt.branch = credit_note.corrects_branch
        and receipt.number = credit_note.corrects_number
        and credit_note.kind = 'credit note'
where receipt.kind = 'sale' and receipt.deleted_at is null;

-- relation: order_items
select
    concat_ws('-', receipt_line.branch, receipt_line.number) as order_id,
    receipt_line.position as line_no,
    coalesce(account.main_account, account.id) as customer_id,
    receipt_line.article as product_id,
    receipt_line.pieces as quantity,
    replace(regexp_replace(receipt_line.amount, '[^0-9,-]', '', 'g'), ',', '.')::numeric / receipt_line.pieces as unit_price
from till.receipt_line
inner join till.receipt on receipt_line.branch = receipt.branch and receipt_line.number = receipt.number
left join till.account on receipt.account = account.id
where receipt.kind = 'sale' and receipt.deleted_at is null;

-- relation: returns
select
    concat_ws('-', receipt_line.branch, receipt_line.number, receipt_line.position) as return_id,
    coalesce(account.main_account, account.id) as customer_id,
    concat_ws('-', receipt.corrects_branch, receipt.corrects_number) as order_id,
    receipt_line.article as product_id,
    receipt.stamped as returned_at,
    -replace(regexp_replace(receipt_line.amount, '[^0-9,-]', '', 'g'), ',', '.')::numeric as amount
from till.receipt_line
inner join till.receipt on receipt_line.branch = receipt.branch and receipt_line.number = receipt.number
left join till.account on receipt.account = account.id
where receipt.kind = 'refund' and receipt.deleted_at is null;
