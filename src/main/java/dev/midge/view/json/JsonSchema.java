package dev.midge.view.json;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.MessageProvider;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.midge.view.ViewException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema of draft 2020-12, or of the one that its {@code $schema} names: 4, 6, 7 or 2019-09.
 * Knows the library for schemas. For one thread.
 */
public final class JsonSchema {
  /** The most places of one payload that are told. */
  private static final int MOST_MISFITS = 10;

  private static final int MOST_CHARACTERS = 300;

  private final Validator validator;
  private final URI place;

  private JsonSchema(Validator validator, URI place) {
    this.validator = validator;
    this.place = place;
  }

  /**
   * Makes the schema of a file.
   *
   * @param file beside which other schemas are looked for that it refers to by name
   * @param text the contents of the file
   * @throws SchemaException when it is none, or refers to what is not there
   */
  public static JsonSchema of(Path file, byte[] text) throws SchemaException {
    Object schema = document(text);
    URI place = file.toAbsolutePath().normalize().toUri();
    checkAll(schema, place, new HashSet<>(Set.of(place)));
    Validator validator =
        new ValidatorFactory()
            .withJsonNodeFactory(new Nodes())
            .withSchemaResolver(JsonSchema::file)
            .withMessageProvider(MessageProvider.fromLocale(Locale.ENGLISH))
            .createValidator();
    try {
      return new JsonSchema(validator, validator.registerSchema(place, new SchemaNode(schema, "")));
    } catch (InvalidSchemaException e) {
      throw new SchemaException("it is no JSON Schema: " + misfits(e.getErrors()).get(0).reason());
    } catch (JsonSchemaException | IllegalArgumentException e) {
      throw new SchemaException("it cannot be used: " + e.getMessage());
    }
  }

  /** Looks at the references of a schema, and at those of the files that they lead to. */
  private static void checkAll(@Nullable Object schema, URI place, Set<URI> seen)
      throws SchemaException {
    for (URI file : SchemaReferences.check(schema, place)) {
      if (seen.add(file)) {
        try {
          checkAll(document(Files.readAllBytes(Path.of(file))), file, seen);
        } catch (IOException e) {
          throw new SchemaException(
              "its $ref leads to a file that cannot be read: " + file.getPath());
        } catch (SchemaException e) {
          throw new SchemaException("its $ref leads to " + file.getPath() + ": " + e.getMessage());
        }
      }
    }
  }

  private static @Nullable Object document(byte[] text) throws SchemaException {
    try {
      return JsonDocument.read(text);
    } catch (ViewException e) {
      throw new SchemaException(String.valueOf(e.getMessage()));
    }
  }

  /** Returns a file that was looked at before; empty for all that is no file. */
  private static SchemaResolver.Result file(String uri) {
    if (!uri.startsWith("file:")) {
      return SchemaResolver.Result.empty();
    }
    try {
      Object schema = JsonDocument.read(Files.readAllBytes(Path.of(URI.create(uri))));
      return SchemaResolver.Result.fromJsonNode(new SchemaNode(schema, ""));
    } catch (IOException | ViewException | IllegalArgumentException e) {
      return SchemaResolver.Result.empty();
    }
  }

  /** Returns the places at which a payload does not fit; none for one that fits, at most ten. */
  public List<Misfit> check(byte[] payload) {
    Object value;
    try {
      value = JsonDocument.read(payload);
    } catch (ViewException e) {
      return List.of(new Misfit("", String.valueOf(e.getMessage())));
    }
    try {
      Validator.Result result = validator.validate(place, new SchemaNode(value, ""));
      return result.isValid() ? List.of() : misfits(result.getErrors());
    } catch (JsonSchemaException e) {
      return List.of(new Misfit("", "the schema cannot be applied: " + e.getMessage()));
    } catch (StackOverflowError e) {
      return List.of(new Misfit("", "the schema refers to itself without end"));
    }
  }

  private static List<Misfit> misfits(List<Error> errors) {
    List<Misfit> misfits = new ArrayList<>();
    for (Error error : errors) {
      if (misfits.size() < MOST_MISFITS) {
        misfits.add(new Misfit(error.getInstanceLocation(), reason(error.getError())));
      }
    }
    return misfits.isEmpty() ? List.of(new Misfit("", "it does not fit")) : misfits;
  }

  private static String reason(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }

  private static final class Nodes implements JsonNodeFactory {
    @Override
    public JsonNode wrap(Object node) {
      return node instanceof JsonNode known ? known : new SchemaNode(node, "");
    }

    /** The library's own schemas come as text. */
    @Override
    public JsonNode create(String json) {
      try {
        return new SchemaNode(JsonDocument.read(json.getBytes(StandardCharsets.UTF_8)), "");
      } catch (ViewException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }
}
