package dev.midge.view.proto;

import com.google.protobuf.Descriptors.Descriptor;
import dev.midge.view.ViewException;
import dev.midge.view.json.JsonDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Payloads of Sparkplug B as JSON text, with the names of their types and signed values, and back.
 */
public final class SparkplugView {
  private static final Descriptor PAYLOAD = payload();

  private SparkplugView() {}

  private static Descriptor payload() {
    String name = "sparkplug.proto";
    try (InputStream in =
        Objects.requireNonNull(SparkplugView.class.getResourceAsStream(name), "a resource")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ProtoFiles.alone(name, text).findMessageTypeByName("Payload");
    } catch (IOException | ProtoException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the JSON of a payload. */
  public static byte[] decode(byte[] payload) throws ViewException {
    Object tree = SparkplugReading.payload(ProtobufView.parse(PAYLOAD, payload));
    return JsonDocument.text(tree, false).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the payload of JSON text as {@link #decode} makes it. */
  public static byte[] encode(byte[] payload) throws ViewException {
    Object tree = SparkplugWriting.payload(JsonDocument.read(payload));
    return new ProtoJsonReader().message(PAYLOAD, tree, "").toByteArray();
  }
}
