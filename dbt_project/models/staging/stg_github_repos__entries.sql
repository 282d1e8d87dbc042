{{ stage_repos('github_repos') }}
