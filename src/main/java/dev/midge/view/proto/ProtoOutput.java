package dev.midge.view.proto;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the parts of a message that becomes JSON. */
interface ProtoOutput {
  /** Takes what a field holds, be it one value or several. */
  void field(FieldDescriptor field, Object value);

  /** Takes one value of a field. */
  void single(FieldDescriptor field, Object value);

  /** Takes text; null for JSON's. */
  void text(@Nullable String text);

  /** Takes messages, for an array. */
  void array(List<?> messages);
}
