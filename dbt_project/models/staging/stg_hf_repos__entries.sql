{{ stage_repos('hf_repos') }}
