package io.lariat.cuda.driver;

import java.lang.foreign.MemorySegment;

/**
 * What the backend needs of a CUDA driver: one device, its memory, streams, events, kernels and
 * graphs. The only implementation is the one class that knows JCuda.
 *
 * <p>Addresses of device memory and of pinned host memory are plain {@code long}s, sizes are in
 * bytes. Copies, launches and events are queued on a stream and return at once; {@link
 * #synchronize} waits. All calls but those about devices and {@link #setCurrent} need a context
 * that is current in the calling thread. Every failure is a {@link DriverException}.
 */
public interface Driver {

  /** The primary context of a device. */
  record Context(Object handle, int device) {}

  /**
   * A queue of work, in order.
   *
   * @param address the driver's pointer, for libraries that queue on it too
   */
  record Stream(Object handle, long address) {}

  /** A point in a stream's work. */
  record Event(Object handle) {}

  /** Kernels, loaded. */
  record Module(Object handle) {}

  /** A kernel. */
  record Function(Object handle) {}

  /** A graph of work, ready to be launched. */
  record Graph(Object handle) {}

  /**
   * What a device is.
   *
   * @param name {@code NVIDIA H100 80GB HBM3}
   * @param major the compute capability's first number
   * @param minor its second
   * @param multiprocessors how many there are
   * @param memory bytes
   */
  record Device(String name, int major, int minor, int multiprocessors, long memory) {}

  // ---- device and context ----------------------------------------------------------------------

  /** The newest CUDA that the driver supports, 12060 for 12.6. */
  int version();

  /** How many devices there are. */
  int devices();

  /** What device {@code ordinal} is. */
  Device device(int ordinal);

  /** Takes hold of a device's primary context, which lives as long as someone holds it. */
  Context retainContext(int device);

  /** Lets go of it. */
  void releaseContext(Context context);

  /**
   * Makes it current in the calling thread. Other code that changes the context of that thread has
   * to put it back, as libraries of CUDA do.
   */
  void setCurrent(Context context);

  // ---- memory ----------------------------------------------------------------------------------

  /** The free bytes of device memory. */
  long freeMemory();

  /** The address of device memory, its contents undefined. */
  long allocate(long bytes);

  /** Frees it, after waiting for the work that may use it. */
  void free(long address);

  /** Page-locked host memory, all zero, whose address both host and device may use. */
  MemorySegment allocatePinned(long bytes);

  /** Frees it. */
  void freePinned(MemorySegment memory);

  /** Zeroes {@code words} of four bytes each. */
  void setZero(long address, long words, Stream stream);

  /** Copies between addresses, of host or device; {@code from} must stay as it is until it ran. */
  void copyToDevice(long from, long to, long bytes, Stream stream);

  /** Copies to pinned host memory. */
  void copyToHost(long from, long to, long bytes, Stream stream);

  /** Copies inside device memory. */
  void copyOnDevice(long from, long to, long bytes, Stream stream);

  // ---- kernels ---------------------------------------------------------------------------------

  /** Loads a cubin, or PTX that ends in a zero byte. */
  Module load(byte[] image);

  /** Unloads it. */
  void unload(Module module);

  /** A kernel by name. */
  Function function(Module module, String name);

  /** How many blocks of {@code threads} a multiprocessor can hold at once. */
  int blocksAtOnce(Function function, int threads, int sharedBytes);

  /**
   * Launches a kernel of one parameter.
   *
   * @param argument the parameter's bytes in host memory, copied before this returns
   */
  void launch(
      Function function,
      int blocks,
      int threads,
      int sharedBytes,
      Stream stream,
      MemorySegment argument);

  /** The same for a kernel whose blocks wait for each other, so all must run at once. */
  void launchCooperative(
      Function function,
      int blocks,
      int threads,
      int sharedBytes,
      Stream stream,
      MemorySegment argument);

  // ---- streams and events ----------------------------------------------------------------------

  /** A stream that does not wait for the default one. */
  Stream createStream();

  /** Destroys it; its work goes on to its end. */
  void destroy(Stream stream);

  /** Waits for all work of a stream. */
  void synchronize(Stream stream);

  /** An event; one that measures time costs more. */
  Event createEvent(boolean timed);

  /** Destroys it. */
  void destroy(Event event);

  /** Puts an event behind the work that {@code stream} has now. */
  void record(Event event, Stream stream);

  /** Lets the later work of {@code stream} wait for an event. */
  void await(Event event, Stream stream);

  /** Waits for an event. */
  void synchronize(Event event);

  /** Milliseconds between two timed events that have passed. */
  float elapsed(Event from, Event to);

  // ---- graphs ----------------------------------------------------------------------------------

  /**
   * From now on the work of {@code stream}, and of streams that wait for it, is not run but
   * recorded. Only calls of this thread are affected.
   */
  void beginCapture(Stream stream);

  /** Ends the recording and makes it ready for launching. */
  Graph endCapture(Stream stream);

  /** Ends a recording that is not wanted. */
  void abandonCapture(Stream stream);

  /** Runs a graph as work of {@code stream}. */
  void launch(Graph graph, Stream stream);

  /** Destroys it. */
  void destroy(Graph graph);
}
