-- Parts of the questions about builds, each in a question that reads c360.run.

-- Of a build that is there, how many were erased from it: its answers are others since.
-- fragment: erased_since
(
    select count(*)
    from c360.excluded_customer
    where excluded_customer.reason = 'erased' and excluded_customer.excluded_at >= run.started_at
)

-- The newest back-test, whichever build it is shown with.
-- fragment: last_back_test
(
    select coalesce(max(back_test.run_id), 0)
    from c360.run as back_test
    where back_test.state = 'tested'
)
