const page = "limit starting_after ending_before expand";
const shownMethods =
  "acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum blik boleto " +
  "card cashapp crypto custom customer_balance eps fpx giropay grabpay ideal interac_present kakao_pay klarna konbini kr_card " +
  "link mb_way mobilepay multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix " +
  "promptpay revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish twint upi us_bank_account " +
  "wechat_pay zip";

/** What Stripe's reference lists for each endpoint; the contract test holds it against the SDK's types. */
const documented: Record<string, string> = {
  "post /v1/customers":
    "address balance business_name cash_balance description email expand individual_name invoice_prefix invoice_settings metadata " +
    "name next_invoice_sequence payment_method phone preferred_locales shipping source tax tax_exempt tax_id_data test_clock validate",
  "get /v1/customers": `${page} created email test_clock`,
  "get /v1/customers/search": "query limit page expand",
  "post /v1/customers/:id":
    "address balance business_name cash_balance default_source description email expand individual_name invoice_prefix " +
    "invoice_settings metadata name next_invoice_sequence phone preferred_locales shipping source tax tax_exempt validate",
  "get /v1/customers/:id/payment_methods": `${page} allow_redisplay type`,
  "post /v1/payment_methods": `${shownMethods} allow_redisplay billing_details customer expand metadata payment_method radar_options type`,
  "get /v1/payment_methods": `${page} allow_redisplay customer customer_account type`,
  "post /v1/payment_methods/:id": "allow_redisplay billing_details card expand metadata us_bank_account",
  "post /v1/payment_methods/:id/attach": "customer customer_account expand",
  "post /v1/test_helpers/confirmation_tokens":
    "expand payment_method payment_method_data payment_method_options return_url setup_future_usage shipping",
  "post /v1/payment_intents":
    "amount currency allowed_payment_method_types amount_details application_fee_amount automatic_payment_methods capture_method " +
    "confirm confirmation_method confirmation_token customer customer_account description error_on_requires_action " +
    "excluded_payment_method_types expand hooks mandate mandate_data metadata off_session on_behalf_of payment_details " +
    "payment_method payment_method_configuration payment_method_data payment_method_options radar_options receipt_email " +
    "return_url setup_future_usage shipping statement_descriptor statement_descriptor_suffix transfer_data transfer_group " +
    "use_stripe_sdk",
  "get /v1/payment_intents": `${page} created customer customer_account`,
  "get /v1/payment_intents/search": "query limit page expand",
  "post /v1/payment_intents/:id":
    "allowed_payment_method_types amount amount_details application_fee_amount capture_method currency customer " +
    "customer_account description excluded_payment_method_types expand hooks metadata payment_details payment_method " +
    "payment_method_configuration payment_method_data payment_method_options receipt_email setup_future_usage shipping " +
    "statement_descriptor statement_descriptor_suffix transfer_data transfer_group",
  "post /v1/payment_intents/:id/confirm":
    "allowed_payment_method_types amount_details amount_to_confirm capture_method confirmation_token error_on_requires_action " +
    "excluded_payment_method_types expand hooks mandate mandate_data off_session payment_details payment_method " +
    "payment_method_data payment_method_options radar_options receipt_email return_url setup_future_usage shipping use_stripe_sdk",
  "post /v1/payment_intents/:id/capture":
    "amount_details amount_to_capture application_fee_amount expand final_capture hooks metadata payment_details " +
    "statement_descriptor statement_descriptor_suffix transfer_data",
  "post /v1/payment_intents/:id/cancel": "cancellation_reason expand",
  "post /v1/payment_intents/:id/verify_microdeposits": "amounts descriptor_code expand",
  "post /v1/test_helpers/payment_intents/:id/authenticate": "outcome expand",
  "post /v1/setup_intents":
    "allowed_payment_method_types attach_to_self automatic_payment_methods confirm confirmation_token customer customer_account " +
    "description excluded_payment_method_types expand flow_directions mandate_data metadata on_behalf_of payment_method " +
    "payment_method_configuration payment_method_data payment_method_options return_url single_use usage use_stripe_sdk",
  "get /v1/setup_intents": `${page} attach_to_self created customer customer_account payment_method`,
  "post /v1/setup_intents/:id":
    "allowed_payment_method_types attach_to_self customer customer_account description excluded_payment_method_types expand " +
    "flow_directions metadata payment_method payment_method_configuration payment_method_data payment_method_options",
  "post /v1/setup_intents/:id/confirm":
    "allowed_payment_method_types confirmation_token expand mandate_data payment_method payment_method_data " +
    "payment_method_options return_url use_stripe_sdk",
  "post /v1/setup_intents/:id/cancel": "cancellation_reason expand",
  "post /v1/setup_intents/:id/verify_microdeposits": "amounts descriptor_code expand",
  "get /v1/setup_attempts": `${page} created setup_intent`,
  "get /v1/charges": `${page} created customer payment_intent transfer_group`,
  "get /v1/charges/search": "query limit page expand",
  "post /v1/charges/:id": "customer description expand fraud_details metadata receipt_email shipping transfer_group",
  "get /v1/charges/:id/refunds": page,
  "post /v1/refunds":
    "amount charge currency customer expand instructions_email metadata origin payment_intent reason refund_application_fee reverse_transfer",
  "get /v1/refunds": `${page} charge created payment_intent`,
  "post /v1/refunds/:id": "expand metadata",
  "get /v1/disputes": `${page} charge created payment_intent`,
  "post /v1/disputes/:id": "evidence expand intended_submission_method metadata submit",
  "get /v1/balance_transactions": `${page} created currency payout source type`,
  "post /v1/payouts":
    "amount currency description destination expand metadata method payout_method source_type statement_descriptor",
  "get /v1/payouts": `${page} arrival_date created destination status`,
  "post /v1/payouts/:id": "expand metadata",
  "get /v1/events": `${page} created delivery_success type types`,
};

/** Stripe knows these and the stand-in does not do them: taking them silently would be a lie. */
const missing = new Set(
  [
    "amount_to_confirm application_fee_amount attach_to_self cash_balance customer_account default_source flow_directions hooks",
    "on_behalf_of origin refund_application_fee reverse_transfer single_use source tax_id_data test_clock transfer_data",
  ].flatMap((names) => names.split(" ")),
);

export const parametersOf = (endpoint: { method: string; path: string }): readonly string[] =>
  (documented[`${endpoint.method} ${endpoint.path}`] ?? "expand").split(" ");

export const isMissing = (method: string, parameter: string): boolean => method === "post" && missing.has(parameter);
