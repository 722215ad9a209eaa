-- What differs from the directory is compared with the directory as it is, whenever it is asked (VN-05).
ALTER TABLE certificate DROP COLUMN warnings;
