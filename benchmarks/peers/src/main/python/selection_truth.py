"""Random forests on the data of io.lariat.benchmarks.SelectionTruth, of which the first columns matter.

For each file, named KIND-RELEVANT-SEED.csv: the importance of scikit-learn's random forest (300 trees, a third of the
columns at a split), cut off where the truth is (as many columns as matter: a number that it does not know), and
Boruta's rule (Kursa and Rudnicki 2010) on forests of 50 trees (the root of the number of columns at a split, 20
rounds): a column is selected if it beats the best of the permuted columns more often than chance allows, with
Bonferroni's correction.

    python3 selection_truth.py FOLDER/*.csv
"""

import math
import os
import sys
import time

import numpy
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

ROUNDS = 20
LEVEL = 0.05


def forest(y, trees, features, seed):
    kind = RandomForestClassifier if len(set(y)) == 2 else RandomForestRegressor
    return kind(n_estimators=trees, max_features=features, random_state=seed)


def chance_of_at_least(hits):
    return sum(math.comb(ROUNDS, k) for k in range(hits, ROUNDS + 1)) / 2**ROUNDS


def boruta(x, y):
    random = numpy.random.default_rng(0)
    hits = numpy.zeros(x.shape[1], dtype=int)
    for i in range(ROUNDS):
        shadows = random.permuted(x, axis=0)
        importance = forest(y, 50, "sqrt", i).fit(numpy.hstack([x, shadows]), y).feature_importances_
        hits += importance[: x.shape[1]] > importance[x.shape[1] :].max()
    return [j for j in range(x.shape[1]) if chance_of_at_least(hits[j]) * x.shape[1] < LEVEL]


def row(name, method, selected, relevant, seconds):
    right = sum(j < relevant for j in selected)
    precision = f"{right / len(selected):.2f}" if selected else "-"
    print(f"| {name} | {method} | {len(selected)} | {precision} | {right / relevant:.2f} | {seconds:.1f} |", flush=True)


print("| data | method | selected | precision | recall | s |")
print("|---|---|---|---|---|---|")
for path in sys.argv[1:]:
    name = os.path.basename(path)[: -len(".csv")]
    relevant = int(name.split("-")[1])
    table = numpy.loadtxt(path, delimiter=",", skiprows=1, dtype=numpy.float32)
    x, y = table[:, :-1], table[:, -1]
    start = time.time()
    importance = forest(y, 300, 1 / 3, 0).fit(x, y).feature_importances_
    top = list(numpy.argsort(-importance)[:relevant])
    row(name, "forest, as many as matter", top, relevant, time.time() - start)
    start = time.time()
    row(name, "Boruta's rule", boruta(x, y), relevant, time.time() - start)
