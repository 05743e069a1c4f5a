# The entity table that maps are checked against is the schema that is deployed.
set -eu
hms store deploy -q

awk -f "$HMS_ROOT/mappings/entities.awk" "$HMS_ROOT"/load/schema/*/deploy.sql | awk '
    /^static const struct entity_column / { entity = $5; sub(/_columns\[\]$/, "", entity); next }
    /^    \{"/ && entity != "" {
        gsub(/[{}",]/, " ")
        print entity, $1, $2, ($3 == "true" ? "required" : "optional"), ($4 == "NULL" ? "-" : $4)
    }
    /^};/ { entity = "" }' | sort >table.txt

psql -qXAt -F ' ' -d "$HMS_STORE" <<'END' | sort >store.txt
SELECT c.table_name, c.column_name,
       CASE c.data_type
           WHEN 'text' THEN 'COLUMN_TEXT'
           WHEN 'uuid' THEN 'COLUMN_UUID'
           WHEN 'date' THEN 'COLUMN_DATE'
           WHEN 'timestamp with time zone' THEN 'COLUMN_TIMESTAMP'
           WHEN 'boolean' THEN 'COLUMN_BOOL'
           WHEN 'integer' THEN 'COLUMN_INT4'
           WHEN 'bigint' THEN 'COLUMN_INT8'
           WHEN 'numeric' THEN CASE c.numeric_scale WHEN 4 THEN 'COLUMN_MONEY' ELSE 'COLUMN_QUANTITY' END
       END,
       CASE c.is_nullable WHEN 'NO' THEN 'required' ELSE 'optional' END,
       coalesce(r.parent, '-')
FROM information_schema.columns c
JOIN mig.entity e ON e.entity = c.table_name
LEFT JOIN mig.reference r ON r.entity = c.table_name AND r.column_name = c.column_name
WHERE c.table_schema = 'hms' AND c.column_name <> 'run_id';
END

[ "$(wc -l <table.txt)" -ge 500 ]
diff table.txt store.txt
