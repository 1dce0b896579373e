package dev.midge.cli.view;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.InputFile;
import dev.midge.cli.parse.OptionalLibrary;
import dev.midge.view.json.JsonSchema;
import dev.midge.view.json.SchemaException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The schema that {@code --schema} names. */
final class SchemaFile {
  private static final int MOST_BYTES = 16 << 20;

  private SchemaFile() {}

  /**
   * Reads it.
   *
   * @throws UsageException when it cannot be read or is no schema
   */
  static JsonSchema read(String name) {
    OptionalLibrary.need("--schema", "dev.harrel.jsonschema.Validator");
    try {
      byte[] text = InputFile.read(name, MOST_BYTES);
      if (text == null) {
        throw new SchemaException("it has more than " + MOST_BYTES + " bytes");
      }
      return JsonSchema.of(Path.of(name), text);
    } catch (IOException | InvalidPathException e) {
      throw UsageException.setting(
          "Error: Unable to read the file of --schema: " + e.getMessage() + ".", "");
    } catch (SchemaException e) {
      throw UsageException.setting("Error: --schema " + name + ": " + e.getMessage() + ".", "");
    }
  }
}
