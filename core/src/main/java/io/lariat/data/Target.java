package io.lariat.data;

import java.util.List;

/**
 * What a data set's target is.
 *
 * @param name the target column's name
 * @param task what is predicted
 * @param classes the classes' labels by class number; for {@link Task#BINARY} the second is the
 *     positive one; empty for regression
 */
public record Target(String name, Task task, List<String> classes) {

  /** Copies the list. */
  public Target {
    classes = List.copyOf(classes);
  }

  /** How many outputs a network for it has: 1, or the number of classes if there are several. */
  public int outputs() {
    return task == Task.MULTICLASS ? classes.size() : 1;
  }
}
