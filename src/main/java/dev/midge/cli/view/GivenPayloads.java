package dev.midge.cli.view;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.RelayingSource;
import dev.midge.mqtt.Message;
import dev.midge.view.ViewException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The options of {@code pub} that make other payloads of those that the user gives. */
public final class GivenPayloads implements OptionTable.Source {
  private final ViewList decode = ViewList.decoding();
  private final SentForm form = new SentForm();

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.MESSAGE)
        .add(
            Option.value(
                    "FORM",
                    "no form",
                    "The payload is given in this form; send what it stands for: "
                        + ViewWords.NAMES
                        + "; may be repeated. Comes before --encode.",
                    decode::add,
                    "--decode")
                .own());
    form.addTo(table);
  }

  /**
   * Returns what is sent for the one payload that is given.
   *
   * @param payload null for none
   * @throws dev.midge.cli.UsageException when it is not in its form
   */
  public byte @Nullable [] of(byte @Nullable [] payload) {
    return payload == null ? null : form.of(decode.ofGiven(payload));
  }

  /**
   * Returns the messages of a source with the payloads that are sent for theirs.
   *
   * @param unit the name of what the source makes a message of, such as line, for complaints
   */
  public MessageSource of(MessageSource source, String unit) {
    ViewList encode = form.views();
    return decode.isEmpty() && encode == null ? source : new Made(source, unit, encode);
  }

  private final class Made extends RelayingSource {
    private final String unit;
    private final @Nullable ViewList encode;
    private long count;

    Made(MessageSource source, String unit, @Nullable ViewList encode) {
      super(source);
      this.unit = unit;
      this.encode = encode;
    }

    @Override
    public @Nullable Message next() throws IOException {
      Message given = source.next();
      if (given == null) {
        return null;
      }
      count++;
      try {
        byte[] payload = decode.named(given.payload());
        return given.withPayload(encode == null ? payload : encode.named(payload));
      } catch (ViewException e) {
        throw new IOException(unit + " " + count + ": " + e.getMessage() + ".");
      }
    }
  }
}
