package dev.midge.cli.doctor;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.context.ContextsHealth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Looks at the file of contexts: who may read and write it, and whether it is well formed. */
final class ContextsCheck implements Check {
  private final Map<String, String> environment;

  ContextsCheck(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Diagnosis look() {
    String file = MidgeCompatibility.INSTANCE.contextsFile(environment);
    if (file == null) {
      return Diagnosis.warning("there is no place for the file", "set HOME");
    }
    if (!Files.exists(Path.of(file))) {
      return Diagnosis.ok("none; midge context add makes one");
    }
    try {
      String warning = ContextsHealth.warning(environment);
      return warning == null
          ? Diagnosis.ok(file)
          : Diagnosis.warning("others may read " + file, "chmod 600 " + file);
    } catch (UsageException e) {
      return Diagnosis.wrong(
          e.inFull().replaceFirst("^Error: ", ""),
          "make it yours alone (chmod 600), or mend it: midge context edit");
    }
  }
}
