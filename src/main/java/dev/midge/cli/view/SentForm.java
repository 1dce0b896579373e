package dev.midge.cli.view;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import org.jspecify.annotations.Nullable;

/** {@code --encode}: the form in which a payload is sent. */
public final class SentForm implements OptionTable.Source {
  private @Nullable ViewList encode;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.MESSAGE)
        .add(
            Option.value(
                    "FORM",
                    "no form",
                    "Send the payload in this form: "
                        + ViewWords.NAMES
                        + ". cbor, msgpack, protobuf and sparkplug are made of JSON; may be repeated.",
                    this::encode,
                    "--encode")
                .own());
  }

  private void encode(String word) {
    if (encode == null) {
      encode = ViewList.encoding();
    }
    encode.add(word);
  }

  /**
   * Returns the payload in that form.
   *
   * @throws dev.midge.cli.UsageException when it cannot have it
   */
  public byte[] of(byte[] payload) {
    return encode == null ? payload : encode.ofGiven(payload);
  }

  /** Returns the list of forms; null for none. */
  @Nullable ViewList views() {
    return encode;
  }

  /** Tells whether a form was given. */
  public boolean isGiven() {
    return encode != null;
  }
}
