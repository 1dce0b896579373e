package dev.midge.view.json;

import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The references of a schema to others, looked at before they are followed: nothing is fetched from
 * a network. Knows nothing of the library.
 */
final class SchemaReferences {
  /** Members that hold values, not schemas. */
  private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

  private final Set<URI> known = new HashSet<>();
  private final Set<URI> files = new LinkedHashSet<>();
  private final @Nullable Object whole;
  private final URI place;

  private SchemaReferences(@Nullable Object whole, URI place) {
    this.whole = whole;
    this.place = place;
  }

  /**
   * Checks that each reference leads into the schema itself, into a file, or to a schema that every
   * implementation has.
   *
   * @param place the URI of the schema's file
   * @return the files that it refers to
   */
  static Set<URI> check(@Nullable Object schema, URI place) throws SchemaException {
    SchemaReferences references = new SchemaReferences(schema, place);
    references.collect(schema, place);
    references.look(schema, place);
    return references.files;
  }

  private void collect(@Nullable Object value, URI base) throws SchemaException {
    URI here = base;
    if (value instanceof Map<?, ?> schema) {
      here = base(schema, base);
      known.add(withoutFragment(here));
      for (Map.Entry<?, ?> member : schema.entrySet()) {
        if (!VALUES.contains((String) member.getKey())) {
          collect(member.getValue(), here);
        }
      }
    } else if (value instanceof List<?> list) {
      for (Object each : list) {
        collect(each, here);
      }
    }
  }

  private static URI base(Map<?, ?> schema, URI base) throws SchemaException {
    return schema.get("$id") instanceof String id ? resolved(id, base, "$id") : base;
  }

  private static URI resolved(String word, URI base, String key) throws SchemaException {
    try {
      return base.resolve(word);
    } catch (IllegalArgumentException e) {
      throw new SchemaException("its " + key + " '" + word + "' is no URI");
    }
  }

  private void look(@Nullable Object value, URI base) throws SchemaException {
    if (value instanceof Map<?, ?> schema) {
      URI here = base(schema, base);
      if (schema.get("$ref") instanceof String word) {
        reference(word, here);
      }
      for (Map.Entry<?, ?> member : schema.entrySet()) {
        if (!VALUES.contains((String) member.getKey())) {
          look(member.getValue(), here);
        }
      }
    } else if (value instanceof List<?> list) {
      for (Object each : list) {
        look(each, base);
      }
    }
  }

  private void reference(String word, URI base) throws SchemaException {
    URI target = resolved(word, base, "$ref");
    URI document = withoutFragment(target);
    if (document.equals(place) && base.equals(place)) {
      String fragment = target.getFragment();
      if (fragment != null && fragment.startsWith("/") && !leads(fragment)) {
        throw new SchemaException("its $ref '" + word + "' leads nowhere");
      }
    } else if (known.contains(document) || "json-schema.org".equals(document.getHost())) {
      return;
    } else if ("file".equals(document.getScheme())) {
      files.add(document);
    } else {
      throw new SchemaException(
          "its $ref '"
              + word
              + "' leads to "
              + document
              + ", which is not fetched; put that schema into a file and refer to it by the file's name");
    }
  }

  private boolean leads(String pointer) {
    Object at = whole;
    for (String part : pointer.substring(1).split("/", -1)) {
      String name = part.replace("~1", "/").replace("~0", "~");
      if (at instanceof Map<?, ?> object && object.containsKey(name)) {
        at = object.get(name);
      } else if (at instanceof List<?> list && isIndex(name, list.size())) {
        at = list.get(Integer.parseInt(name));
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isIndex(String name, int size) {
    return name.matches("[0-9]{1,9}") && Integer.parseInt(name) < size;
  }

  static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }
}
