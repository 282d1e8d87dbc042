{{ stage_entries('hf_daily_papers') }}
