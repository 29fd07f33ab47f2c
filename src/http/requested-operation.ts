import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';

/** A valid document and the operation to run. */
export interface RequestedOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** The value of a variable, which may be invalid. Undefined if it was not given. */
  readVariable(name: string): unknown;
}

/** The value of an argument, with variables and their defaults resolved. Undefined if it was not given. */
export function readArgument(node: FieldNode, name: string, { operation, readVariable }: RequestedOperation): unknown {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind !== Kind.VARIABLE) return value && valueFromASTUntyped(value);
  const variable = value.name.value;
  const given = readVariable(variable);
  if (given !== undefined) return given;
  const declared = operation.variableDefinitions?.find((definition) => definition.variable.name.value === variable);
  return declared?.defaultValue && valueFromASTUntyped(declared.defaultValue);
}

/** The fragments of a document, by name. */
export function listFragments({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  return fragments;
}
