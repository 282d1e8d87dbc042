select * from {{ source('raw', 'text_metrics') }}
