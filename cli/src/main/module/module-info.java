/** The program {@code lariat}. */
module io.lariat.cli {
  requires static org.jspecify;
  requires io.lariat.core;
  requires com.google.gson;
  requires info.picocli;
  requires me.tongfei.progressbar;

  // picocli fills the fields of the command classes by reflection.
  opens io.lariat.cli to
      info.picocli;

  // With $, as moditect takes the name for that of the class file.
  provides java.lang.System$LoggerFinder with
      io.lariat.cli.ProgramLog;
}
