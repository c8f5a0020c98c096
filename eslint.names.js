/** What a person, an account or a business is called, and what somebody typed, as our facts call it. */
const TYPED = "/^(name|(?!class)\\w+Name|biller|business|holder|description|\\w*[nN]ote|endReason|query)$/";

/** A text with a space in it is a sentence; a key or a class has none. */
const SENTENCE = "TemplateLiteral:has(> TemplateElement[value.raw=/ /])";
/** Beside words, in what a page draws. */
const BESIDE_WORDS = ":matches(JSXElement, JSXFragment):has(> JSXText[value=/\\S/]) > JSXExpressionContainer";
/** What a choice looks at is not what it says. */
const SAID = ":not(ConditionalExpression > .test)";
const CHOICES = [
  "",
  " > LogicalExpression",
  " > ConditionalExpression",
  " > ConditionalExpression > LogicalExpression",
];

const within = (place, message) =>
  CHOICES.flatMap((choice) => [
    { selector: `${place}${choice} > MemberExpression[computed=false][property.name=${TYPED}]${SAID}`, message },
    { selector: `${place}${choice} > Identifier[name=${TYPED}]${SAID}`, message },
  ]);

/** A name that runs from right to left turns the words and numbers around it, unless it is isolated. */
export const isolatedNames = {
  files: ["app/{contracts/messages,features,routes,ui}/**/*.{ts,tsx}"],
  ignores: ["**/*.test.ts", "app/ui/*.ts"],
  rules: {
    "no-restricted-syntax": [
      "error",
      ...within(
        SENTENCE,
        "Inside a sentence, names and typed words go through isolated() of app/contracts/isolated.ts.",
      ),
      ...within(BESIDE_WORDS, "Beside other words, names and typed words stand in a <bdi>."),
    ],
  },
};
