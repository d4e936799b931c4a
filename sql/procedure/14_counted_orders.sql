-- Stage: counted_orders (kept)
-- Grain: order_id
-- Reads: c360_in.orders, basic_information
-- Means: every order that counts; its day and month are those of the deployment's time zone. It lies in the order of
--        its customers, so that whatever groups by customer later reads it once, without a sort or hash of it all.
-- Index: customer_id
-- Incremental: by customer

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_at,
    orders.ordered_at::date as ordered_on,
    date_trunc('month', orders.ordered_at)::date as month,
    orders.channel
from c360_in.orders
inner join basic_information on orders.customer_id = basic_information.customer_id
order by orders.customer_id
