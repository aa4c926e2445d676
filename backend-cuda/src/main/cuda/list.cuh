// Every kernel but run_program: its name, the struct that it takes, the function that does one tile of it. An "operation" may be a
// step of a program, what is "alone" is only launched by itself. io.lariat.cuda.Kernel lists the same in the same order; the number
// by which a program knows an operation is its place among the operations.
#pragma once

#define LARIAT_KERNELS(operation, alone)                      \
  operation(gather_rows, MoveRows, gather_rows)               \
  operation(scatter_rows, MoveRows, scatter_rows)             \
  operation(dropout, Dropout, dropout)                        \
  operation(count_zeros, CountZeros, count_zeros)             \
  operation(sum_rows, SumRows, sum_rows)                      \
  operation(activate, Activate, activate)                     \
  operation(activate_grad, ActivateGrad, activate_grad)       \
  operation(softmax, Softmax, softmax)                        \
  operation(softmax_grad, SoftmaxGrad, softmax_grad)          \
  operation(small_product_ab, Product, small_product<kAB>)    \
  operation(small_product_atb, Product, small_product<kATB>)  \
  operation(small_product_abt, Product, small_product<kABT>)  \
  alone(large_product_ab, Product, large_product<kAB>)        \
  alone(large_product_atb, Product, large_product<kATB>)      \
  alone(large_product_abt, Product, large_product<kABT>)      \
  operation(sparse_product, SparseProduct, sparse_product)    \
  operation(loss, LossArgs, loss)                             \
  operation(update, Update, update)                           \
  operation(shrink_rows, ShrinkRows, shrink_rows)             \
  operation(group_penalty, GroupPenalty, group_penalty)       \
  operation(group_update, GroupUpdate, group_update)
