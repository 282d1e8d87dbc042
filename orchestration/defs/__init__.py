"""What Dagster shows and runs, by stage."""
