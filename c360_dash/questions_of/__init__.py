"""What single pages may ask about a build, beside the questions of queries.py that all share."""
