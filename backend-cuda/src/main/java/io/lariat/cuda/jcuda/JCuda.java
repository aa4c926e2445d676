package io.lariat.cuda.jcuda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasAtomicsMode;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasPointerMode;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;
import org.jspecify.annotations.Nullable;

/**
 * The driver and cuBLAS by JCuda. No other class names a type of JCuda, and this one is named by
 * {@code JCudaLoader} alone, which makes it.
 */
public final class JCuda implements Driver {
  private static final long PAGE = 4096;

  private final ThreadLocal<OfThread> ofThread = ThreadLocal.withInitial(OfThread::new);

  /** What {@link #allocatePinned} gave, by its address. */
  private final Map<Long, PageLocked> pinned = new ConcurrentHashMap<>();

  /** Initialises the driver. */
  public JCuda() {
    check("cuInit", JCudaDriver.cuInit(0));
  }

  // ---- device and context ----------------------------------------------------------------------

  @Override
  public int version() {
    int[] version = new int[1];
    check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(version));
    return version[0];
  }

  @Override
  public int devices() {
    int[] count = new int[1];
    check("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(count));
    return count[0];
  }

  @Override
  public Device device(int ordinal) {
    CUdevice device = handle(ordinal);
    byte[] name = new byte[256];
    check("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, name.length, device));
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    long[] memory = new long[1];
    check("cuDeviceTotalMem", JCudaDriver.cuDeviceTotalMem(memory, device));
    return new Device(
        new String(name, 0, end, UTF_8),
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        memory[0]);
  }

  private static CUdevice handle(int ordinal) {
    CUdevice device = new CUdevice();
    check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, ordinal));
    return device;
  }

  private static int attribute(CUdevice device, int attribute) {
    int[] value = new int[1];
    check("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, attribute, device));
    return value[0];
  }

  @Override
  public Context retainContext(int device) {
    CUcontext context = new CUcontext();
    check(
        "cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, handle(device)));
    return new Context(context, device);
  }

  @Override
  public void releaseContext(Context context) {
    check(
        "cuDevicePrimaryCtxRelease",
        JCudaDriver.cuDevicePrimaryCtxRelease(handle(context.device())));
  }

  /** Asked before every other call, so it must cost next to nothing where nothing changes. */
  @Override
  @SuppressWarnings("ReferenceEquality") // a context that was taken hold of again is another one
  public void setCurrent(Context context) {
    OfThread mine = ofThread.get();
    if (mine.context != context) {
      check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent((CUcontext) context.handle()));
      mine.context = context;
    }
  }

  // ---- memory ----------------------------------------------------------------------------------

  @Override
  public long freeMemory() {
    long[] free = new long[1];
    check("cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, new long[1]));
    return free[0];
  }

  @Override
  public long allocate(long bytes) {
    DevicePointer memory = new DevicePointer(0);
    check("cuMemAlloc", JCudaDriver.cuMemAlloc(memory, bytes));
    return memory.address();
  }

  @Override
  public void free(long address) {
    check("cuMemFree", JCudaDriver.cuMemFree(new DevicePointer(address)));
  }

  /** Not by cuMemHostAlloc: JCuda makes a ByteBuffer of what that gives, which ends at 2 GiB. */
  @Override
  public MemorySegment allocatePinned(long bytes) {
    PageLocked memory = new PageLocked(bytes);
    try {
      HostPointer pointer = new HostPointer(memory.segment.address());
      int flags =
          JCudaDriver.CU_MEMHOSTREGISTER_PORTABLE | JCudaDriver.CU_MEMHOSTREGISTER_DEVICEMAP;
      check("cuMemHostRegister", JCudaDriver.cuMemHostRegister(pointer, bytes, flags));
      requireSameAddress(pointer);
    } catch (DriverException e) {
      memory.arena.close();
      throw e;
    }
    pinned.put(memory.segment.address(), memory);
    return memory.segment;
  }

  /** As on all systems that there is a driver for; others would compute with wrong numbers. */
  private static void requireSameAddress(HostPointer memory) {
    DevicePointer seen = new DevicePointer(0);
    check("cuMemHostGetDevicePointer", JCudaDriver.cuMemHostGetDevicePointer(seen, memory, 0));
    if (seen.address() != memory.address()) {
      JCudaDriver.cuMemHostUnregister(memory);
      int code = CUresult.CUDA_ERROR_NOT_SUPPORTED;
      throw new DriverException(
          "memory at one address for host and device", code, CUresult.stringFor(code));
    }
  }

  @Override
  public void freePinned(MemorySegment memory) {
    PageLocked freed = Objects.requireNonNull(pinned.remove(memory.address()));
    try {
      HostPointer pointer = new HostPointer(memory.address());
      check("cuMemHostUnregister", JCudaDriver.cuMemHostUnregister(pointer));
    } finally {
      freed.arena.close();
    }
  }

  @Override
  public void setZero(long address, long words, Stream stream) {
    check(
        "cuMemsetD32Async",
        JCudaDriver.cuMemsetD32Async(new DevicePointer(address), 0, words, handle(stream)));
  }

  @Override
  public void copyToDevice(long from, long to, long bytes, Stream stream) {
    check(
        "cuMemcpyHtoDAsync",
        JCudaDriver.cuMemcpyHtoDAsync(
            new DevicePointer(to), new HostPointer(from), bytes, handle(stream)));
  }

  @Override
  public void copyToHost(long from, long to, long bytes, Stream stream) {
    check(
        "cuMemcpyDtoHAsync",
        JCudaDriver.cuMemcpyDtoHAsync(
            new HostPointer(to), new DevicePointer(from), bytes, handle(stream)));
  }

  @Override
  public void copyOnDevice(long from, long to, long bytes, Stream stream) {
    check(
        "cuMemcpyDtoDAsync",
        JCudaDriver.cuMemcpyDtoDAsync(
            new DevicePointer(to), new DevicePointer(from), bytes, handle(stream)));
  }

  // ---- kernels ---------------------------------------------------------------------------------

  @Override
  public Module load(byte[] image) {
    CUmodule module = new CUmodule();
    check("cuModuleLoadData", JCudaDriver.cuModuleLoadData(module, image));
    return new Module(module);
  }

  @Override
  public void unload(Module module) {
    check("cuModuleUnload", JCudaDriver.cuModuleUnload((CUmodule) module.handle()));
  }

  @Override
  public Function function(Module module, String name) {
    CUfunction function = new CUfunction();
    check(
        "cuModuleGetFunction of " + name,
        JCudaDriver.cuModuleGetFunction(function, (CUmodule) module.handle(), name));
    return new Function(function);
  }

  @Override
  public int blocksAtOnce(Function function, int threads, int sharedBytes) {
    int[] blocks = new int[1];
    check(
        "cuOccupancyMaxActiveBlocksPerMultiprocessor",
        JCudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(
            blocks, handle(function), threads, sharedBytes));
    return blocks[0];
  }

  @Override
  public void launch(
      Function function,
      int blocks,
      int threads,
      int sharedBytes,
      Stream stream,
      MemorySegment argument) {
    check(
        "cuLaunchKernel",
        JCudaDriver.cuLaunchKernel(
            handle(function),
            blocks,
            1,
            1,
            threads,
            1,
            1,
            sharedBytes,
            handle(stream),
            ofThread.get().parameters(argument),
            null));
  }

  @Override
  public void launchCooperative(
      Function function,
      int blocks,
      int threads,
      int sharedBytes,
      Stream stream,
      MemorySegment argument) {
    check(
        "cuLaunchCooperativeKernel",
        JCudaDriver.cuLaunchCooperativeKernel(
            handle(function),
            blocks,
            1,
            1,
            threads,
            1,
            1,
            sharedBytes,
            handle(stream),
            ofThread.get().parameters(argument)));
  }

  // ---- streams and events ----------------------------------------------------------------------

  @Override
  public Stream createStream() {
    StreamPointer stream = new StreamPointer();
    check(
        "cuStreamCreate",
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    return new Stream(stream, stream.address());
  }

  @Override
  public void destroy(Stream stream) {
    check("cuStreamDestroy", JCudaDriver.cuStreamDestroy(handle(stream)));
  }

  @Override
  public void synchronize(Stream stream) {
    check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(handle(stream)));
  }

  @Override
  public Event createEvent(boolean timed) {
    CUevent event = new CUevent();
    int flags = timed ? CUevent_flags.CU_EVENT_DEFAULT : CUevent_flags.CU_EVENT_DISABLE_TIMING;
    check("cuEventCreate", JCudaDriver.cuEventCreate(event, flags));
    return new Event(event);
  }

  @Override
  public void destroy(Event event) {
    check("cuEventDestroy", JCudaDriver.cuEventDestroy(handle(event)));
  }

  @Override
  public void record(Event event, Stream stream) {
    check("cuEventRecord", JCudaDriver.cuEventRecord(handle(event), handle(stream)));
  }

  @Override
  public void await(Event event, Stream stream) {
    check("cuStreamWaitEvent", JCudaDriver.cuStreamWaitEvent(handle(stream), handle(event), 0));
  }

  @Override
  public void synchronize(Event event) {
    check("cuEventSynchronize", JCudaDriver.cuEventSynchronize(handle(event)));
  }

  @Override
  public float elapsed(Event from, Event to) {
    float[] milliseconds = new float[1];
    check(
        "cuEventElapsedTime",
        JCudaDriver.cuEventElapsedTime(milliseconds, handle(from), handle(to)));
    return milliseconds[0];
  }

  // ---- graphs ----------------------------------------------------------------------------------

  /** Relaxed, because cuBLAS may have to load a kernel when it is first asked for it. */
  @Override
  public void beginCapture(Stream stream) {
    check(
        "cuStreamBeginCapture",
        JCudaDriver.cuStreamBeginCapture(
            handle(stream), CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED));
  }

  @Override
  public Graph endCapture(Stream stream) {
    CUgraph recorded = new CUgraph();
    check("cuStreamEndCapture", JCudaDriver.cuStreamEndCapture(handle(stream), recorded));
    CUgraphExec graph = new CUgraphExec();
    int code = JCudaDriver.cuGraphInstantiate(graph, recorded, 0);
    check("cuGraphDestroy", JCudaDriver.cuGraphDestroy(recorded));
    check("cuGraphInstantiate", code);
    return new Graph(graph);
  }

  @Override
  public void abandonCapture(Stream stream) {
    CUgraph recorded = new CUgraph();
    int code = JCudaDriver.cuStreamEndCapture(handle(stream), recorded);
    switch (code) {
      case CUresult.CUDA_SUCCESS -> check("cuGraphDestroy", JCudaDriver.cuGraphDestroy(recorded));
      case CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_UNJOINED -> {
        // the likely reason for abandoning it; the capture has ended, and there is no graph
      }
      default -> check("cuStreamEndCapture", code);
    }
  }

  @Override
  public void launch(Graph graph, Stream stream) {
    check("cuGraphLaunch", JCudaDriver.cuGraphLaunch((CUgraphExec) graph.handle(), handle(stream)));
  }

  @Override
  public void destroy(Graph graph) {
    check("cuGraphExecDestroy", JCudaDriver.cuGraphExecDestroy((CUgraphExec) graph.handle()));
  }

  // ---- handles ---------------------------------------------------------------------------------

  private static CUstream handle(Stream stream) {
    return (CUstream) stream.handle();
  }

  private static CUevent handle(Event event) {
    return (CUevent) event.handle();
  }

  private static CUfunction handle(Function function) {
    return (CUfunction) function.handle();
  }

  private static void check(String call, int code) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new DriverException(call, code, CUresult.stringFor(code));
    }
  }

  /** Host memory for a driver to lock. */
  private static final class PageLocked {
    final Arena arena = Arena.ofShared();
    final MemorySegment segment;

    PageLocked(long bytes) {
      segment = arena.allocate(bytes, PAGE);
    }
  }

  /** An address of device memory as JCuda wants it. */
  private static final class DevicePointer extends CUdeviceptr {
    private static final CUdeviceptr NULL = new CUdeviceptr();

    /** JCuda adds the offset to the pointer, here null, in all of its calls. */
    DevicePointer(long address) {
      super(NULL, address);
    }

    /** What a call has written here. */
    long address() {
      return getNativePointer();
    }
  }

  /** An address of host memory. */
  private static final class HostPointer extends Pointer {
    HostPointer(long address) {
      super(address);
    }

    long address() {
      return getNativePointer();
    }
  }

  /** A stream whose address can be asked. */
  private static final class StreamPointer extends CUstream {
    long address() {
      return getNativePointer();
    }
  }

  /** What each thread has for itself. */
  private static final class OfThread {
    /** The context that it has set last. */
    @Nullable Context context;

    private final MemorySegment array = Arena.ofAuto().allocate(ValueLayout.ADDRESS);
    private final HostPointer pointer = new HostPointer(array.address());

    /**
     * The array of one address in which the driver takes the parameters of a kernel. Native memory,
     * so that JCuda hands it on as it is.
     */
    Pointer parameters(MemorySegment argument) {
      array.set(ValueLayout.ADDRESS, 0, argument);
      return pointer;
    }
  }

  /** cuBLAS 12 by JCublas2. */
  public static final class CublasOpener implements Blas.Opener {
    private final String description;

    /** JCublas2 must find libcublas.so.12 loaded, from {@code place}. */
    public CublasOpener(String place) {
      int[] version = new int[1];
      Cublas.check(
          "cublasGetVersion", JCublas2.cublasGetVersion(new cublasHandle(), version)); // of none
      description = Blas.describe(version[0], place);
    }

    @Override
    public String description() {
      return description;
    }

    @Override
    public Blas open(Stream stream, long workspace, long workspaceBytes, boolean tf32) {
      return new Cublas(stream, workspace, workspaceBytes, tf32);
    }
  }

  private static final class Cublas implements Blas {
    private static final MemorySegment SCALARS =
        Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, 1f, 0f);
    private static final Pointer ONE = new HostPointer(SCALARS.address());
    private static final Pointer ZERO = new HostPointer(SCALARS.address() + Float.BYTES);

    private final cublasHandle handle = new cublasHandle();

    Cublas(Stream stream, long workspace, long workspaceBytes, boolean tf32) {
      check("cublasCreate", JCublas2.cublasCreate(handle));
      try {
        check(
            "cublasSetStream",
            JCublas2.cublasSetStream(handle, new cudaStream_t(JCuda.handle(stream))));
        // after the stream, which takes cuBLAS back to its own workspace
        check(
            "cublasSetWorkspace",
            JCublas2.cublasSetWorkspace(handle, new DevicePointer(workspace), workspaceBytes));
        check(
            "cublasSetMathMode",
            JCublas2.cublasSetMathMode(
                handle,
                tf32 ? cublasMath.CUBLAS_TF32_TENSOR_OP_MATH : cublasMath.CUBLAS_DEFAULT_MATH));
        check(
            "cublasSetAtomicsMode",
            JCublas2.cublasSetAtomicsMode(handle, cublasAtomicsMode.CUBLAS_ATOMICS_NOT_ALLOWED));
        check(
            "cublasSetPointerMode",
            JCublas2.cublasSetPointerMode(handle, cublasPointerMode.CUBLAS_POINTER_MODE_HOST));
      } catch (DriverException e) {
        JCublas2.cublasDestroy(handle);
        throw e;
      }
    }

    @Override
    public void sgemm(
        boolean transposeA,
        boolean transposeB,
        int m,
        int n,
        int k,
        long a,
        int lda,
        long b,
        int ldb,
        long c,
        int ldc) {
      check(
          "cublasSgemm",
          JCublas2.cublasSgemm(
              handle,
              operation(transposeA),
              operation(transposeB),
              m,
              n,
              k,
              ONE,
              new DevicePointer(a),
              lda,
              new DevicePointer(b),
              ldb,
              ZERO,
              new DevicePointer(c),
              ldc));
    }

    private static int operation(boolean transpose) {
      return transpose ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
    }

    @Override
    public void close() {
      check("cublasDestroy", JCublas2.cublasDestroy(handle));
    }

    private static void check(String call, int code) {
      if (code != cublasStatus.CUBLAS_STATUS_SUCCESS) {
        throw new DriverException(call, code, cublasStatus.stringFor(code));
      }
    }
  }
}
