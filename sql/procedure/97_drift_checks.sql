-- Stage: drift_checks (working)
-- Grain: name
-- Reads: build_summary, settings, c360.run_summary
-- Means: how far the build may move from the published one before an administrator has to look; no row without one.

with published as (
    select run_summary.*
    from c360.publication
    inner join c360.run_summary on publication.run_id = run_summary.run_id
),

limits as (
    select
        settings.drift_customers_limit * published.customers as customers,
        settings.drift_value_limit * abs(published.lifetime_value) as lifetime_value,
        settings.drift_segment_limit as segment
    from settings
    cross join published
)

select
    checks.name,
    'hold' as severity,
    checks.observed,
    checks.expected,
    coalesce(abs(checks.observed - checks.expected) <= checks.tolerance, false) as passed,
    checks.subject || ' is near the published build''s' as sentence
from build_summary as customers
cross join published
cross join limits
cross join lateral (
    values
    ('drift_customers', customers.customers, published.customers, limits.customers, 'customers'),
    ('drift_value', customers.lifetime_value, published.lifetime_value, limits.lifetime_value, 'lifetime value'),
    ('drift_high', customers.high_share, published.high_share, limits.segment, 'the share of High customers'),
    ('drift_medium', customers.medium_share, published.medium_share, limits.segment, 'the share of Medium customers'),
    ('drift_low', customers.low_share, published.low_share, limits.segment, 'the share of Low customers')
) as checks (name, observed, expected, tolerance, subject)
