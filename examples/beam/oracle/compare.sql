-- A book of merchants against the bank's registry, in DuckDB: an independent count of what package validate/diff counts.
--
--   SET VARIABLE book = 'book.csv'; SET VARIABLE registry = 'registry.csv';   -- patterns and parquet files do as well
--   .read compare.sql
--
-- The answer is one row. Afterwards, SELECT * FROM changes lists each field that differs, and missing each merchant that
-- one side lacks. Both files are CSV in UTF-8 with the headings named in the view "fields"; a column that a file lacks is
-- an error. What the recipe does not do, and diff does: other headings and encodings, later keys where a merchant number is
-- missing, terminals, masked values, districts by name, mistyped numbers, ages of data.

-- The forms in which values are compared. Full width letters, digits and brackets count as their half width forms.
CREATE OR REPLACE TEMP MACRO half(s) AS translate(s,
    '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ（）－　',
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()- ');
CREATE OR REPLACE TEMP MACRO words(s) AS upper(regexp_replace(half(s), '\s', '', 'g'));
CREATE OR REPLACE TEMP MACRO code(s) AS upper(regexp_replace(half(s), '[\s.-]', '', 'g'));
CREATE OR REPLACE TEMP MACRO amount(s) AS coalesce(try_cast(replace(half(s), ',', '') AS DECIMAL(18, 2))::VARCHAR, s);
CREATE OR REPLACE TEMP MACRO state(s) AS CASE trim(s) WHEN '正常' THEN 'active' WHEN '注销' THEN 'closed' WHEN '冻结' THEN 'frozen' ELSE trim(s) END;

CREATE OR REPLACE TEMP MACRO form(field, s) AS CASE
    WHEN field IN ('商户名称', '法人姓名', '结算户名', '经营地址') THEN words(s)
    WHEN field = '单笔限额' THEN amount(s)
    WHEN field = '商户状态' THEN state(s)
    ELSE code(s) END;

CREATE OR REPLACE TEMP TABLE sides AS
SELECT code("商户编号") AS number, * FROM (
    SELECT 'book' AS side, * FROM read_csv(getvariable('book'), all_varchar = true, header = true)
    UNION ALL BY NAME
    SELECT 'registry' AS side, * FROM read_csv(getvariable('registry'), all_varchar = true, header = true));

-- How often each side has a number. One that a side repeats is not compared.
CREATE OR REPLACE TEMP TABLE numbers AS
SELECT number, count(*) FILTER (side = 'book') AS ours, count(*) FILTER (side = 'registry') AS theirs FROM sides GROUP BY ALL;

-- A row for each field of each record that has one partner.
CREATE OR REPLACE TEMP VIEW fields AS
SELECT side, number, field, coalesce(raw, '') AS raw
FROM (FROM sides SEMI JOIN (FROM numbers n WHERE n.ours = 1 AND n.theirs = 1) USING (number)) UNPIVOT INCLUDE NULLS (raw FOR field IN
    ("商户名称", "统一社会信用代码", "法人姓名", "法人证件号码", "结算账号", "结算户名", "MCC", "区县代码", "经营地址", "联系人手机", "单笔限额", "商户状态"));

CREATE OR REPLACE TEMP VIEW pairs AS
SELECT number, field, b.raw AS ours, r.raw AS theirs, b.raw <> r.raw AS respelt,
       CASE WHEN b.raw = r.raw THEN false ELSE form(field, b.raw) <> form(field, r.raw) END AS differs
FROM (FROM fields WHERE side = 'book') b JOIN (FROM fields WHERE side = 'registry') r USING (number, field);

CREATE OR REPLACE TEMP VIEW changes AS SELECT number, field, ours, theirs FROM pairs WHERE differs;

-- Of ours, merchants that are closed need not be known to the bank; of the bank's, only those matter that can trade.
CREATE OR REPLACE TEMP VIEW missing AS
SELECT side, number FROM sides JOIN numbers USING (number)
WHERE side = 'book' AND theirs = 0 AND state("商户状态") IS DISTINCT FROM 'closed'
   OR side = 'registry' AND ours = 0 AND coalesce(state("商户状态"), 'active') = 'active';

WITH merchants AS (SELECT number, bool_or(differs) AS changed, bool_or(respelt) AS respelt FROM pairs GROUP BY number)
SELECT count(*) AS matched,
       count(*) FILTER (NOT changed AND NOT respelt) AS equal,
       count(*) FILTER (NOT changed AND respelt) AS equal_after_normalising,
       count(*) FILTER (changed) AS changed,
       (SELECT count(*) FROM missing WHERE side = 'book') AS missing_in_registry,
       (SELECT count(*) FROM missing WHERE side = 'registry') AS missing_in_local,
       (SELECT count(*) FILTER (ours > 1) + count(*) FILTER (theirs > 1) FROM numbers) AS duplicate_keys
FROM merchants;
