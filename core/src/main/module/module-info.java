/** Lariat's engine: the backend SPI, the scalar reference backend, data, models and training. */
module io.lariat.core {
  requires static org.jspecify;
  requires de.siegmar.fastcsv;
  requires ch.randelshofer.fastdoubleparser;
  requires com.google.gson;

  exports io.lariat.backend;
  exports io.lariat.compare;
  exports io.lariat.data;
  exports io.lariat.diagnosis;
  exports io.lariat.model;
  exports io.lariat.optimality;
  exports io.lariat.path;
  exports io.lariat.select;
  exports io.lariat.train;
  exports io.lariat.internal.files to
      io.lariat.cli;
  exports io.lariat.internal.text to
      io.lariat.cli;

  uses io.lariat.backend.BackendProvider;
  uses io.lariat.data.TableFormat;

  provides io.lariat.backend.BackendProvider with
      io.lariat.reference.ReferenceProvider;
  provides io.lariat.data.TableFormat with
      io.lariat.data.csv.CsvFormat,
      io.lariat.data.libsvm.LibsvmFormat;
}
