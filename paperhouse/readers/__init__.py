"""For the people who read it: the report, the digest and its feed, alerts. All from the published marts."""
