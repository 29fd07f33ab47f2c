import {
  type GraphQLArgumentConfig,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  type GraphQLType,
  type GraphQLTypeResolver,
  GraphQLUnionType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isScalarType,
  isUnionType,
} from 'graphql';
import type { SubgraphNames } from './names.ts';

/**
 * A copy of the schema with other names, without the interface `Node` and the query `node`: each subgraph can have its
 * own, and they would not find each other's objects. Resolvers and extensions stay; scalars keep their names, because
 * equal scalars of subgraphs are one.
 */
export function renameSchema(schema: GraphQLSchema, { ofType, ofOperation }: SubgraphNames): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const copies = new Map<string, GraphQLNamedType>();

  // The copy has the kind of the original.
  const copyOf = <Type extends GraphQLType>(type: Type): Type => copyOfAny(type) as Type;

  function copyOfAny(type: GraphQLType): GraphQLType {
    if (isNonNullType(type)) return new GraphQLNonNull(copyOf(type.ofType));
    if (isListType(type)) return new GraphQLList(copyOf(type.ofType));
    const copy = copies.get(type.name) ?? copyNamed(type);
    copies.set(type.name, copy);
    return copy;
  }

  function copyNamed(type: GraphQLNamedType): GraphQLNamedType {
    if (isScalarType(type)) return type;
    const name = ofType(type.name);
    if (isEnumType(type)) return new GraphQLEnumType({ ...type.toConfig(), name });
    if (isInputObjectType(type)) {
      const config = type.toConfig();
      return new GraphQLInputObjectType({ ...config, name, fields: () => mapValues(config.fields, withCopiedType) });
    }
    if (isUnionType(type)) {
      const config = type.toConfig();
      return new GraphQLUnionType({
        ...config,
        name,
        types: () => config.types.map(copyOf),
        resolveType: renameResult(config.resolveType),
      });
    }
    if (isInterfaceType(type)) {
      const config = type.toConfig();
      return new GraphQLInterfaceType({
        ...config,
        name,
        interfaces: () => config.interfaces.map(copyOf),
        fields: () => mapValues(config.fields, copyField),
        resolveType: renameResult(config.resolveType),
      });
    }
    return copyObject(type, name);
  }

  function copyObject(type: GraphQLObjectType, name: string): GraphQLObjectType {
    const { fields, interfaces, ...config } = type.toConfig();
    const isRoot = roots.includes(type);
    const fieldNames = Object.keys(fields).filter((field) => !(isRoot && field === 'node'));
    return new GraphQLObjectType({
      ...config,
      name,
      interfaces: () => interfaces.filter((implemented) => implemented.name !== 'Node').map(copyOf),
      fields: () =>
        Object.fromEntries(
          fieldNames.flatMap((field) => {
            const original = fields[field];
            return original ? [[isRoot ? ofOperation(field) : field, copyField(original)]] : [];
          }),
        ),
    });
  }

  const copyField = <Source, Context>(field: GraphQLFieldConfig<Source, Context>) => ({
    ...withCopiedType(field),
    args: mapValues<GraphQLArgumentConfig, GraphQLArgumentConfig>(field.args ?? {}, withCopiedType),
  });

  function withCopiedType<Typed extends { type: GraphQLType }>(typed: Typed): Typed {
    return { ...typed, type: copyOf(typed.type) };
  }

  /** Our types resolve to names. */
  const renameResult = <Source, Context>(resolve: GraphQLTypeResolver<Source, Context> | null | undefined) =>
    resolve
      ? async (...args: Parameters<GraphQLTypeResolver<Source, Context>>) => {
          const name = await resolve(...args);
          return name === undefined ? name : ofType(name);
        }
      : undefined;

  const [query, mutation] = roots.map((root) => (root ? copyOf(root) : undefined));
  const types = Object.values(schema.getTypeMap()).filter(
    ({ name }) => !name.startsWith('__') && name !== 'Node' && !roots.some((root) => root?.name === name),
  );
  return new GraphQLSchema({ ...schema.toConfig(), query, mutation, types: types.map(copyOf) });
}

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
