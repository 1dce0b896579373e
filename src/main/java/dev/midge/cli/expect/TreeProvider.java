package dev.midge.cli.expect;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import com.jayway.jsonpath.spi.json.JsonProvider;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import dev.midge.format.JsonTree;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets JSON paths walk through the maps and lists of {@link JsonTree}; the library's own provider
 * would need another parser of JSON.
 */
final class TreeProvider extends AbstractJsonProvider {

  /** Has the library use trees everywhere. */
  static final class Defaults implements Configuration.Defaults {
    @Override
    public JsonProvider jsonProvider() {
      return new TreeProvider();
    }

    @Override
    public Set<Option> options() {
      return Set.of();
    }

    @Override
    public MappingProvider mappingProvider() {
      return new NoMapping();
    }
  }

  /** Turns values into no other types. */
  private static final class NoMapping implements MappingProvider {
    @Override
    public <T> T map(Object source, Class<T> type, Configuration configuration) {
      return type.cast(source);
    }

    @Override
    public <T> T map(Object source, TypeRef<T> type, Configuration configuration) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public @Nullable Object parse(String json) {
    return JsonTree.value(json, Map.of());
  }

  @Override
  public Object parse(InputStream json, String charset) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String toJson(Object value) {
    return String.valueOf(value);
  }

  @Override
  public Object createArray() {
    return new ArrayList<@Nullable Object>();
  }

  @Override
  public Object createMap() {
    return new LinkedHashMap<String, @Nullable Object>();
  }
}
