package dev.midge.view.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@code .proto} file of syntax proto2 or proto3 as far as its messages need it: services,
 * and options without an effect on bytes or JSON, are passed over. Names are resolved by the
 * library.
 */
final class ProtoParser {
  private final ProtoTokens tokens;
  private final FileDescriptorProto.Builder file;

  private ProtoParser(String name, String text) throws ProtoException {
    tokens = new ProtoTokens(name, text);
    file = FileDescriptorProto.newBuilder().setName(name);
  }

  /**
   * Returns the file as the library describes one.
   *
   * @param name by which others import it
   * @throws ProtoException with name and line
   */
  static FileDescriptorProto parse(String name, String text) throws ProtoException {
    ProtoParser parser = new ProtoParser(name, text);
    while (!parser.tokens.isAtEnd()) {
      parser.statement();
    }
    return parser.file.build();
  }

  private void statement() throws ProtoException {
    String word = tokens.take();
    switch (word) {
      case "syntax" -> syntax();
      case "edition" ->
          throw tokens.wrong(
              "editions are not read; make a descriptor set with protoc --include_imports"
                  + " --descriptor_set_out=FILE and name that");
      case "package" -> {
        file.setPackage(tokens.name());
        tokens.need(";");
      }
      case "import" -> {
        if (tokens.takeIf("public")) {
          file.addPublicDependency(file.getDependencyCount());
        } else if (!tokens.takeIf("weak")) {
          tokens.takeIf("option");
        }
        file.addDependency(tokens.string());
        tokens.need(";");
      }
      case "option" -> skipStatement();
      case "message" -> file.addMessageType(message());
      case "enum" -> file.addEnumType(enumeration());
      case "extend" -> {
        List<DescriptorProto> groups = new ArrayList<>();
        extension(groups).forEach(file::addExtension);
        groups.forEach(file::addMessageType);
      }
      case "service" -> skipBlock();
      case ";" -> {}
      default -> throw tokens.wrong("message or enum expected, but found " + word);
    }
  }

  private void syntax() throws ProtoException {
    tokens.need("=");
    String syntax = tokens.string();
    if (!syntax.equals("proto2") && !syntax.equals("proto3")) {
      throw tokens.wrong("unknown syntax " + syntax + "; it is proto2 or proto3");
    }
    if (syntax.equals("proto3")) {
      file.setSyntax(syntax);
    }
    tokens.need(";");
  }

  private FieldParser fields() {
    return new FieldParser(tokens, file.getSyntax().equals("proto3"), this::body);
  }

  private DescriptorProto message() throws ProtoException {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(tokens.name());
    body(message);
    return message.build();
  }

  /** Takes what stands in the braces of a message or group. */
  private void body(DescriptorProto.Builder message) throws ProtoException {
    FieldParser fields = fields();
    tokens.need("{");
    while (!tokens.takeIf("}")) {
      switch (tokens.peek()) {
        case "message" -> {
          tokens.take();
          message.addNestedType(message());
        }
        case "enum" -> {
          tokens.take();
          message.addEnumType(enumeration());
        }
        case "extend" -> {
          tokens.take();
          List<DescriptorProto> groups = new ArrayList<>();
          extension(groups).forEach(message::addExtension);
          groups.forEach(message::addNestedType);
        }
        case "oneof" -> {
          tokens.take();
          fields.oneof(message);
        }
        case "extensions" -> {
          tokens.take();
          extensions(message);
        }
        case "option", "reserved" -> skipStatement();
        case ";" -> tokens.take();
        default -> fields.field(message);
      }
    }
    fields.finish(message);
  }

  private void extensions(DescriptorProto.Builder message) throws ProtoException {
    do {
      int first = tokens.number();
      int last = first;
      if (tokens.takeIf("to")) {
        last = tokens.takeIf("max") ? (1 << 29) - 1 : tokens.number();
      }
      message.addExtensionRange(
          DescriptorProto.ExtensionRange.newBuilder().setStart(first).setEnd(last + 1));
    } while (tokens.takeIf(","));
    skipStatement();
  }

  private List<FieldDescriptorProto> extension(List<DescriptorProto> groups) throws ProtoException {
    String extended = tokens.name();
    DescriptorProto.Builder holder = DescriptorProto.newBuilder();
    FieldParser fields = fields();
    tokens.need("{");
    while (!tokens.takeIf("}")) {
      fields.field(holder);
    }
    groups.addAll(holder.getNestedTypeList());
    return holder.getFieldList().stream()
        .map(field -> field.toBuilder().setExtendee(extended).build())
        .toList();
  }

  private EnumDescriptorProto enumeration() throws ProtoException {
    EnumDescriptorProto.Builder enumeration =
        EnumDescriptorProto.newBuilder().setName(tokens.name());
    tokens.need("{");
    while (!tokens.takeIf("}")) {
      switch (tokens.peek()) {
        case "option" -> option(enumeration);
        case "reserved" -> skipStatement();
        case ";" -> tokens.take();
        default -> {
          String name = tokens.name();
          tokens.need("=");
          enumeration.addValueBuilder().setName(name).setNumber(tokens.number());
          skipStatement(); // its options
        }
      }
    }
    return enumeration.build();
  }

  private void option(EnumDescriptorProto.Builder enumeration) throws ProtoException {
    tokens.take();
    if (tokens.takeIf("allow_alias")) {
      tokens.need("=");
      boolean allowed = tokens.take().equals("true");
      enumeration.setOptions(EnumOptions.newBuilder().setAllowAlias(allowed));
    }
    skipStatement();
  }

  /** Goes behind the next semicolon that stands in no braces. */
  private void skipStatement() throws ProtoException {
    while (!tokens.takeIf(";")) {
      if (tokens.peek().equals("{")) {
        skipBraces();
      } else {
        tokens.take();
      }
    }
  }

  private void skipBlock() throws ProtoException {
    while (!tokens.peek().equals("{")) {
      tokens.take();
    }
    skipBraces();
  }

  private void skipBraces() throws ProtoException {
    int depth = 0;
    do {
      String word = tokens.take();
      depth += word.equals("{") ? 1 : word.equals("}") ? -1 : 0;
    } while (depth > 0);
  }
}
