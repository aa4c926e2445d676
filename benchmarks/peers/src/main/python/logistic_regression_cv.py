"""Times scikit-learn's LogisticRegressionCV: logistic_regression_cv.py DATA.csv REPETITIONS

The last column is the class. The same lambdas as Lariat: C = 1 / (rows * lambda), from the least
lambda that empties the model down to 1e-4 of it. Prints the milliseconds of each repetition in a line.
"""

import csv
import sys
import time
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegressionCV

warnings.simplefilter("ignore")  # liblinear says that it did not converge
with open(sys.argv[1]) as file:
    rows = list(csv.reader(file))[1:]
values = np.array(rows, dtype=float)
x, y = values[:, :-1], values[:, -1]
x = (x - x.mean(0)) / x.std(0)
largest = np.abs(x.T @ (y - y.mean())).max() / len(y)
strengths = 1 / (len(y) * largest * np.logspace(0, -4, 50))
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    LogisticRegressionCV(Cs=strengths, cv=10, penalty="l1", solver="liblinear").fit(x, y)
    print(round(1000 * (time.perf_counter() - start)))
