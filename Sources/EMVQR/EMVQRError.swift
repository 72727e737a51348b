/// Why a payload cannot be read, or a value cannot become one. Tags are written as paths: "54", or "29.01" for a field
/// within a template.
///
/// Of several faults the first in this order is reported: `tooLong`; then, in the order of the text, `badTag`,
/// `truncated`, `badLength`, `duplicate`; then `missing` and `misplaced` for 00 and 63, `wrongCRC`, `badCharacter`;
/// then what the scheme asks: 01; the target (29 or 30), its id and that its fields are there; 52, 53, 54, 58 to 60 in the
/// order in which the scheme reads them; templates 62, 64, 99; and last the lengths and characters of free texts and
/// ids. A PromptPay account is judged with its target.
public enum EMVQRError: Error, Equatable, Sendable {
    /// The payload has more than 512 characters (EMVCo MPM 3.1), or a template more than 99.
    case tooLong
    /// Two digits were expected at this character, counted from 0 in the text of the payload or the template.
    case badTag(at: Int)
    /// The length of a field is not two digits from 01 to 99.
    case badLength(tag: String)
    /// The text ends before the field does.
    case truncated(tag: String)
    /// A tag stands twice at one level.
    case duplicate(tag: String)
    /// A field that must be there is not.
    case missing(tag: String)
    /// 00 is not the first field, or 63 not the last.
    case misplaced(tag: String)
    /// 63 does not agree with the text before it.
    case wrongCRC
    /// A character that is not printable ASCII where nothing else is allowed.
    case badCharacter(tag: String)
    /// The value is not one that the field may have.
    case malformed(tag: String)
}
