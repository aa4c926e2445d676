"""Makes diabetes.csv and penguins.csv from two Debian packages, unpacked with dpkg -x into a folder.

apt-get download python3-sklearn r-cran-palmerpenguins
for p in *.deb; do dpkg -x $p unpacked; done
python3 prepare.py unpacked
"""
import csv
import gzip
import random
import sys

SKLEARN = sys.argv[1] + "/usr/lib/python3/dist-packages/sklearn/datasets/data/"
PENGUINS = sys.argv[1] + "/usr/lib/R/site-library/palmerpenguins/extdata/penguins.csv"
NAMES = ("age sex bmi blood_pressure total_cholesterol ldl hdl cholesterol_hdl_ratio"
         " log_triglycerides glucose progression").split()


def lines(name):
    return [line.split() for line in gzip.open(SKLEARN + name, "rt") if line.strip()]


def write(name, rows):
    with open(name, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


rows = [x + y for x, y in zip(lines("diabetes_data_raw.csv.gz"), lines("diabetes_target.csv.gz"))]
write("diabetes.csv", [NAMES] + [["%.10g" % float(cell) for cell in row] for row in rows])

# Without the 11 penguins of unknown sex; the species comes last. The rows are in the package by
# species, which makes the last rows a useless validation set, so they are shuffled.
header, *rows = csv.reader(open(PENGUINS))
rows = [row[1:] + row[:1] for row in rows if "NA" not in row]
random.Random(1).shuffle(rows)
write("penguins.csv", [header[1:] + header[:1]] + rows)
