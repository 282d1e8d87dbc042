select names.url as alias, names.repo_id
from {{ ref('int_repo_names') }} as names
inner join {{ ref('repos') }} as repos on names.repo_id = repos.repo_id
where names.url != names.repo_id
order by alias
