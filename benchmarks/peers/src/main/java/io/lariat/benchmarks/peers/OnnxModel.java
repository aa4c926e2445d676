package io.lariat.benchmarks.peers;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The network as an ONNX model: {@code Gemm, Relu, Gemm, Relu, Gemm, Sigmoid}. */
final class OnnxModel {
  private static final long OPSET = 17;
  private static final long IR_VERSION = 8;

  private OnnxModel() {}

  /** The model's bytes: input {@code x [batch x features]}, output {@code p [batch x 1]}. */
  static byte[] of(InitialWeights weights, int batch) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("network")
            .addInput(value("x", batch, weights.features()))
            .addOutput(value("p", batch, 1));
    String in = "x";
    for (int i = 0; i < 3; i++) {
      graph.addInitializer(tensor("w" + i, weights.kernels()[i], weights.in(i), weights.out(i)));
      graph.addInitializer(tensor("b" + i, weights.biases()[i], weights.out(i)));
      graph.addNode(node("Gemm", "z" + i, in, "w" + i, "b" + i));
      String out = i == 2 ? "p" : "h" + i;
      graph.addNode(node(i == 2 ? "Sigmoid" : "Relu", out, "z" + i));
      in = out;
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName("to " + output).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  private static TensorProto tensor(String name, float[] values, int... dimensions) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (int dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, int rows, int cols) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(rows))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(cols))
            .build();
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
