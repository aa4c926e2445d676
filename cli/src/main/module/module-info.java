/** The program {@code lariat}. */
module io.lariat.cli {
  requires static org.jspecify;
  requires io.lariat.core;
  requires com.google.gson;
  requires info.picocli;
  requires me.tongfei.progressbar;

  // picocli fills the fields of commands and options by reflection.
  opens io.lariat.cli to
      info.picocli;
  opens io.lariat.cli.certify to
      info.picocli;
  opens io.lariat.cli.compact to
      info.picocli;
  opens io.lariat.cli.compare to
      info.picocli;
  opens io.lariat.cli.inspect to
      info.picocli;
  opens io.lariat.cli.options to
      info.picocli;
  opens io.lariat.cli.path to
      info.picocli;
  opens io.lariat.cli.predict to
      info.picocli;
  opens io.lariat.cli.select to
      info.picocli;
  opens io.lariat.cli.train to
      info.picocli;

  // With $, as moditect takes the name for that of the class file.
  provides java.lang.System$LoggerFinder with
      io.lariat.cli.terminal.ProgramLog;
}
