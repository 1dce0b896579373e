package dev.midge.view.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonWriter;
import dev.midge.view.PayloadView;
import dev.midge.view.ViewException;
import dev.midge.view.json.JsonDocument;

/**
 * Protocol Buffers of one type as JSON text, by the JSON mapping of proto3, and back. Fields that
 * the type does not have are shown by their numbers.
 */
public final class ProtobufView {
  private ProtobufView() {}

  /**
   * Makes the view that decodes.
   *
   * @param file a {@code .proto} file or a descriptor set
   * @param type the full name, or the last part of it
   */
  public static PayloadView decoder(String file, String type) throws ProtoException {
    Descriptor descriptor = ProtoFiles.type(file, type);
    return payload -> decode(descriptor, payload);
  }

  /** Makes the view that encodes; the arguments are those of {@link #decoder}. */
  public static PayloadView encoder(String file, String type) throws ProtoException {
    Descriptor descriptor = ProtoFiles.type(file, type);
    return payload -> encode(descriptor, payload);
  }

  private static byte[] decode(Descriptor type, byte[] payload) throws ViewException {
    ByteBuilder bytes = new ByteBuilder();
    new ProtoJsonWriter(JsonWriter.plain(bytes)).message(parse(type, payload));
    return bytes.toArray();
  }

  /** Returns the message that a payload is. */
  static Message parse(Descriptor type, byte[] payload) throws ViewException {
    try {
      return DynamicMessage.newBuilder(type).mergeFrom(payload).buildPartial();
    } catch (InvalidProtocolBufferException e) {
      throw new ViewException("it is no " + type.getFullName() + ": " + oneLine(e));
    }
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replace('\n', ' ').replaceFirst("\\.$", "");
  }

  private static byte[] encode(Descriptor type, byte[] payload) throws ViewException {
    return new ProtoJsonReader().message(type, JsonDocument.read(payload), "").toByteArray();
  }
}
