# Times cv.glmnet: Rscript cv_glmnet.R DATA.csv REPETITIONS
# The last column is the class. Prints the milliseconds of each repetition in a line.
suppressMessages(library(glmnet))
args <- commandArgs(trailingOnly = TRUE)
data <- read.csv(args[1])
x <- as.matrix(data[, -ncol(data)])
y <- data[, ncol(data)]
for (i in seq_len(as.integer(args[2]))) {
  set.seed(i)
  took <- system.time(cv.glmnet(x, y, family = "binomial", nlambda = 50, nfolds = 10))
  cat(sprintf("%.0f\n", 1000 * took["elapsed"]))
}
