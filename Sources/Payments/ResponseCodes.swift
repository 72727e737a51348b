// Response codes of the card networks, and the gateway's own two, where the core itself decides on one.

/// The network's code for a payer who failed to authenticate.
public let failedAuthenticationCode = "50"
/// The network's code for a payer who gave up.
public let cancelledByCustomerCode = "17"
/// The network's code for an answer that came too late.
public let tooLateCode = "68"
/// The gateway's code for an invitation to pay that was taken back.
public let invitationCancelledCode = "cancelled"
/// The gateway's code for an invitation to pay that nobody took in time.
public let invitationExpiredCode = "expired"
/// The gateway's code for an authorisation that was never answered and has been reversed.
public let timeoutCode = "500"
/// The gateway's code for an authorisation that was reversed for any other reason.
public let reversedCode = "600"
