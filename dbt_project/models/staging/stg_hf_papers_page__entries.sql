{{ stage_entries('hf_papers_page') }}
