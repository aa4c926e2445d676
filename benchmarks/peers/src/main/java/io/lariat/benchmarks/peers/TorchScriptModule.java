package io.lariat.benchmarks.peers;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The module that {@code torchscript_module.py} writes, run by PyTorch through DJL. */
final class TorchScriptModule implements AutoCloseable {
  private final Model model;
  private final PtSymbolBlock block;
  private final PtNDManager manager;

  /**
   * Loads the module.
   *
   * @throws AbsentException if there is none
   */
  TorchScriptModule(Path file) {
    if (!Files.exists(file)) {
      throw new AbsentException(
          "TorchScript has to be written by PyTorch in Python, Debian's package python3-torch");
    }
    model = Model.newInstance("peer", "PyTorch");
    try {
      model.load(file.getParent(), file.getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException(file + " cannot be loaded", e);
    }
    block = (PtSymbolBlock) model.getBlock();
    manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
  }

  /** Which PyTorch runs it. */
  static String description() {
    return "PyTorch " + Engine.getEngine("PyTorch").getVersion();
  }

  /** A tensor of floats. */
  PtNDArray tensor(float[] values, long... dimensions) {
    return (PtNDArray) manager.create(values, new Shape(dimensions));
  }

  /** A tensor of longs. */
  PtNDArray tensor(long[] values) {
    return (PtNDArray) manager.create(values);
  }

  /** Calls a method that gives nothing. */
  void call(String method, PtNDArray... arguments) {
    IValue[] values = new IValue[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = IValue.from(arguments[i]);
    }
    IValueUtils.runMethod(block, method, values).close();
    for (IValue value : values) {
      value.close();
    }
  }

  /** Calls a method of one argument that gives a number. */
  double number(String method, IValue argument) {
    try (IValue result = IValueUtils.runMethod(block, method, argument)) {
      return result.toDouble();
    }
  }

  /** Calls a method of one argument that gives a tensor of floats. */
  float[] floats(String method, IValue argument) {
    try (IValue result = IValueUtils.runMethod(block, method, argument);
        PtNDArray tensor = result.toTensor(manager)) {
      return tensor.toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
    model.close();
  }
}
