-- What items state. NULL where an item does not say, and in issues that were read before facts were: they are read again.

ALTER TABLE item ADD COLUMN date TEXT; -- 2023-01-03
ALTER TABLE item ADD COLUMN province TEXT; -- short name: 江苏
ALTER TABLE item ADD COLUMN city TEXT; -- short name: 苏州
ALTER TABLE item ADD COLUMN amount REAL; -- total investment as printed, in `unit`
ALTER TABLE item ADD COLUMN unit TEXT; -- 亿元, 万美元 …
ALTER TABLE item ADD COLUMN projects INTEGER;
ALTER TABLE item ADD COLUMN area_mu REAL;
ALTER TABLE item ADD COLUMN stage TEXT; -- 签约
ALTER TABLE item ADD COLUMN industries TEXT; -- one a line

-- What follows from these, to compare and sort by (store/stated.rs).
ALTER TABLE item ADD COLUMN amount_yi REAL; -- the amount in 亿元, by assets/money/rates.tsv
ALTER TABLE item ADD COLUMN place TEXT; -- province and city in the order in which places are listed

-- The words that each fact was read from; JSON.
ALTER TABLE body ADD COLUMN read TEXT NOT NULL DEFAULT '{}';
