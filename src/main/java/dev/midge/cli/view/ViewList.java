package dev.midge.cli.view;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.OptionalLibrary;
import dev.midge.view.Base64View;
import dev.midge.view.CompressedView;
import dev.midge.view.HexView;
import dev.midge.view.PayloadView;
import dev.midge.view.ViewException;
import dev.midge.view.binary.CborView;
import dev.midge.view.binary.MessagePackView;
import dev.midge.view.json.JsonDocument;
import dev.midge.view.proto.ProtoException;
import dev.midge.view.proto.ProtobufView;
import dev.midge.view.proto.SparkplugView;
import java.util.ArrayList;
import java.util.List;

/** The views of one option in the order in which it was given, each with its name. */
final class ViewList {
  private static final String CBOR = "com.fasterxml.jackson.dataformat.cbor.CBORFactory";
  private static final String MESSAGE_PACK = "org.msgpack.core.MessagePack";
  private static final String PROTOBUF = "com.google.protobuf.DynamicMessage";

  /** The most bytes of an MQTT payload. */
  private static final int MOST_BYTES = 268_435_455;

  private final String option;
  private final boolean decoding;
  private final List<Named> views = new ArrayList<>();

  private record Named(String name, PayloadView view) {}

  private ViewList(String option, boolean decoding) {
    this.option = option;
    this.decoding = decoding;
  }

  /** Makes the empty list of {@code --decode}. */
  static ViewList decoding() {
    return new ViewList("--decode", true);
  }

  /** Makes the empty list of {@code --encode}. */
  static ViewList encoding() {
    return new ViewList("--encode", false);
  }

  boolean isEmpty() {
    return views.isEmpty();
  }

  /**
   * Adds those that an argument names, and reads the files that they need.
   *
   * @throws UsageException for a name that is none, a library that is missing, or a file that
   *     cannot be used
   */
  void add(String word) {
    for (ViewWords.Step step : ViewWords.parse(option, word)) {
      views.add(new Named(step.name(), view(step, word)));
    }
  }

  private PayloadView view(ViewWords.Step step, String word) {
    return switch (step.name()) {
      case "hex" -> decoding ? HexView::decode : HexView::encode;
      case "base64" -> decoding ? Base64View::decode : Base64View::encode;
      case "gzip" -> decoding ? CompressedView.GZIP::decode : CompressedView.GZIP::encode;
      case "zlib" -> decoding ? CompressedView.ZLIB::decode : CompressedView.ZLIB::encode;
      case "json" -> JsonDocument::compact;
      case "cbor" -> {
        OptionalLibrary.need(option + " cbor", CBOR);
        yield decoding ? CborView::decode : CborView::encode;
      }
      case "msgpack" -> {
        OptionalLibrary.need(option + " msgpack", MESSAGE_PACK);
        yield decoding ? MessagePackView::decode : MessagePackView::encode;
      }
      case "sparkplug" -> {
        OptionalLibrary.need(option + " sparkplug", PROTOBUF);
        yield decoding ? SparkplugView::decode : SparkplugView::encode;
      }
      case "protobuf" -> {
        OptionalLibrary.need(option + " protobuf", PROTOBUF);
        yield protobuf(step);
      }
      default ->
          throw new UsageException(
              "Error: Invalid " + option + " argument '" + word + "'.",
              ": it is one of " + ViewWords.NAMES + ", or several with commas between.");
    };
  }

  private PayloadView protobuf(ViewWords.Step step) {
    try {
      return decoding
          ? ProtobufView.decoder(step.file(), step.type())
          : ProtobufView.encoder(step.file(), step.type());
    } catch (ProtoException e) {
      throw UsageException.setting("Error: " + option + " protobuf: " + e.getMessage() + ".", "");
    }
  }

  /**
   * Returns what all of them make of a payload, one after the other.
   *
   * @throws ViewException with the name of the one that cannot, and its reason
   */
  byte[] of(byte[] payload) throws ViewException {
    byte[] made = payload;
    for (Named each : views) {
      try {
        made = each.view.of(made);
      } catch (ViewException e) {
        throw new ViewException(each.name + ": " + e.getMessage());
      }
    }
    return made;
  }

  /**
   * Does the same for a payload that is to be sent.
   *
   * @throws ViewException with the name of the option too; also for a payload that MQTT cannot
   *     carry
   */
  byte[] named(byte[] payload) throws ViewException {
    try {
      byte[] made = of(payload);
      if (made.length > MOST_BYTES) {
        throw new ViewException("the payload would have more than " + MOST_BYTES + " bytes");
      }
      return made;
    } catch (ViewException e) {
      throw new ViewException(option + " " + e.getMessage());
    }
  }

  /**
   * Does the same for a payload that the command line gives.
   *
   * @throws UsageException when it is not in its form
   */
  byte[] ofGiven(byte[] payload) {
    try {
      return named(payload);
    } catch (ViewException e) {
      throw UsageException.setting("Error: " + e.getMessage() + ".", "");
    }
  }
}
