package dev.midge.view.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the fields of one message: plain ones, maps, groups, and those of a oneof. */
final class FieldParser {
  private static final Map<String, Type> SCALARS =
      Map.ofEntries(
          Map.entry("double", Type.TYPE_DOUBLE),
          Map.entry("float", Type.TYPE_FLOAT),
          Map.entry("int32", Type.TYPE_INT32),
          Map.entry("int64", Type.TYPE_INT64),
          Map.entry("uint32", Type.TYPE_UINT32),
          Map.entry("uint64", Type.TYPE_UINT64),
          Map.entry("sint32", Type.TYPE_SINT32),
          Map.entry("sint64", Type.TYPE_SINT64),
          Map.entry("fixed32", Type.TYPE_FIXED32),
          Map.entry("fixed64", Type.TYPE_FIXED64),
          Map.entry("sfixed32", Type.TYPE_SFIXED32),
          Map.entry("sfixed64", Type.TYPE_SFIXED64),
          Map.entry("bool", Type.TYPE_BOOL),
          Map.entry("string", Type.TYPE_STRING),
          Map.entry("bytes", Type.TYPE_BYTES));

  /** Reads the body of a group, which is a message. */
  interface Body {
    void read(DescriptorProto.Builder message) throws ProtoException;
  }

  private final ProtoTokens tokens;
  private final boolean proto3;
  private final Body body;
  private final List<Integer> optionals = new ArrayList<>();

  FieldParser(ProtoTokens tokens, boolean proto3, Body body) {
    this.tokens = tokens;
    this.proto3 = proto3;
    this.body = body;
  }

  /** Reads {@code oneof name { ... }} behind its first word. */
  void oneof(DescriptorProto.Builder message) throws ProtoException {
    int index = message.getOneofDeclCount();
    message.addOneofDeclBuilder().setName(tokens.name());
    tokens.need("{");
    while (!tokens.takeIf("}")) {
      if (tokens.peek().equals("option")) {
        while (!tokens.takeIf(";")) {
          tokens.take();
        }
      } else {
        field(message, FieldDescriptorProto.newBuilder().setOneofIndex(index));
      }
    }
  }

  /** Reads one field up to its semicolon. */
  void field(DescriptorProto.Builder message) throws ProtoException {
    FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder();
    switch (tokens.peek()) {
      case "repeated" -> field.setLabel(Label.LABEL_REPEATED);
      case "required" -> field.setLabel(Label.LABEL_REQUIRED);
      case "optional" -> {
        field.setLabel(Label.LABEL_OPTIONAL);
        if (proto3) {
          field.setProto3Optional(true);
          optionals.add(message.getFieldCount());
        }
      }
      default -> {
        field(message, field);
        return;
      }
    }
    tokens.take();
    field(message, field);
  }

  private void field(DescriptorProto.Builder message, FieldDescriptorProto.Builder field)
      throws ProtoException {
    if (!field.hasLabel()) {
      field.setLabel(Label.LABEL_OPTIONAL);
    }
    String type = tokens.name();
    if (type.equals("map") && tokens.peek().equals("<")) {
      map(message, field);
    } else if (type.equals("group")) {
      group(message, field);
      return;
    } else {
      type(field, type);
      nameAndNumber(field);
    }
    options(field);
    tokens.need(";");
    message.addField(field);
  }

  private static void type(FieldDescriptorProto.Builder field, String type) {
    Type scalar = SCALARS.get(type);
    if (scalar == null) {
      field.setTypeName(type);
    } else {
      field.setType(scalar);
    }
  }

  private void nameAndNumber(FieldDescriptorProto.Builder field) throws ProtoException {
    field.setName(tokens.name());
    tokens.need("=");
    field.setNumber(tokens.number());
  }

  /** A map is a repeated message of key and value. */
  private void map(DescriptorProto.Builder message, FieldDescriptorProto.Builder field)
      throws ProtoException {
    DescriptorProto.Builder entry = DescriptorProto.newBuilder();
    tokens.need("<");
    type(part(entry, "key", 1), tokens.name());
    tokens.need(",");
    type(part(entry, "value", 2), tokens.name());
    tokens.need(">");
    nameAndNumber(field);
    entry
        .setName(entryName(field.getName()))
        .setOptions(MessageOptions.newBuilder().setMapEntry(true));
    field.setLabel(Label.LABEL_REPEATED).setTypeName(entry.getName());
    message.addNestedType(entry);
  }

  private static FieldDescriptorProto.Builder part(
      DescriptorProto.Builder entry, String name, int number) {
    return entry.addFieldBuilder().setName(name).setNumber(number).setLabel(Label.LABEL_OPTIONAL);
  }

  private static String entryName(String field) {
    StringBuilder name = new StringBuilder();
    for (String part : field.split("_")) {
      if (!part.isEmpty()) {
        name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return name + "Entry";
  }

  private void group(DescriptorProto.Builder message, FieldDescriptorProto.Builder field)
      throws ProtoException {
    nameAndNumber(field);
    String name = field.getName();
    field.setType(Type.TYPE_GROUP).setTypeName(name).setName(name.toLowerCase(Locale.ROOT));
    options(field);
    DescriptorProto.Builder group = DescriptorProto.newBuilder().setName(name);
    body.read(group);
    message.addNestedType(group).addField(field);
  }

  private void options(FieldDescriptorProto.Builder field) throws ProtoException {
    if (!tokens.takeIf("[")) {
      return;
    }
    int depth = 1;
    boolean name = true;
    while (depth > 0) {
      String word = tokens.peek();
      if (depth == 1 && name && option(field, word)) {
        name = false;
        continue;
      }
      tokens.take();
      depth += "[{".contains(word) ? 1 : "]}".contains(word) ? -1 : 0;
      name = depth == 1 && word.equals(",");
    }
  }

  /** Takes an option that changes what is read or shown. */
  private boolean option(FieldDescriptorProto.Builder field, String name) throws ProtoException {
    switch (name) {
      case "packed" -> {
        tokens.take();
        tokens.need("=");
        field.setOptions(FieldOptions.newBuilder().setPacked(tokens.take().equals("true")));
      }
      case "json_name" -> {
        tokens.take();
        tokens.need("=");
        field.setJsonName(tokens.string());
      }
      case "default" -> {
        tokens.take();
        tokens.need("=");
        field.setDefaultValue(tokens.isString() ? tokens.string() : signed());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private String signed() throws ProtoException {
    return (tokens.takeIf("-") ? "-" : "") + tokens.take();
  }

  /** Gives each optional field of proto3 the oneof that tells whether it is set. */
  void finish(DescriptorProto.Builder message) {
    for (int index : optionals) {
      FieldDescriptorProto.Builder field = message.getFieldBuilder(index);
      field.setOneofIndex(message.getOneofDeclCount());
      message.addOneofDeclBuilder().setName("_" + field.getName());
    }
  }
}
