-- Further stages that the headline of an item states of the same event; one a line, NULL where there is none.

ALTER TABLE item ADD COLUMN also TEXT; -- 签约 of 开工签约
