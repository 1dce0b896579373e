package dev.midge.view.json;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of {@link JsonDocument} as the library for schemas sees it. */
final class SchemaNode implements JsonNode {
  private final @Nullable Object value;
  private final String path;

  SchemaNode(@Nullable Object value, String path) {
    this.value = value;
    this.path = path;
  }

  @Override
  public String getJsonPointer() {
    return path;
  }

  @Override
  public SimpleType getNodeType() {
    if (value instanceof Map) {
      return SimpleType.OBJECT;
    }
    if (value instanceof List) {
      return SimpleType.ARRAY;
    }
    if (value instanceof String) {
      return SimpleType.STRING;
    }
    if (value instanceof Boolean) {
      return SimpleType.BOOLEAN;
    }
    if (value instanceof BigInteger || value instanceof BigDecimal number && isWhole(number)) {
      return SimpleType.INTEGER;
    }
    return value == null ? SimpleType.NULL : SimpleType.NUMBER;
  }

  /** Tells whether the fraction is zero; a huge exponent is not written out for that. */
  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  @Override
  public boolean asBoolean() {
    return value instanceof Boolean truth && truth;
  }

  @Override
  public String asString() {
    return String.valueOf(value);
  }

  @Override
  public BigInteger asInteger() {
    return value instanceof BigInteger whole ? whole : asNumber().toBigInteger();
  }

  @Override
  public BigDecimal asNumber() {
    return value instanceof BigInteger whole
        ? new BigDecimal(whole)
        : value instanceof BigDecimal number ? number : BigDecimal.ZERO;
  }

  @Override
  public List<JsonNode> asArray() {
    List<JsonNode> nodes = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        nodes.add(new SchemaNode(list.get(i), path + "/" + i));
      }
    }
    return nodes;
  }

  @Override
  public Map<String, JsonNode> asObject() {
    Map<String, JsonNode> nodes = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> object) {
      object.forEach(
          (name, each) ->
              nodes.put(
                  (String) name,
                  new SchemaNode(each, path + "/" + JsonNode.encodeJsonPointer((String) name))));
    }
    return nodes;
  }
}
