import { askGraphql } from '../support/graphql-recipe.ts';
import { WITHOUT_KEY_ID } from '../support/issuer.ts';
import { startNodeRecipe } from '../support/node-recipe.ts';
import { describeResourceServer } from '../support/resource-server.ts';

describeResourceServer('the recipe for Express', {
  readsFeed: true,
  accepts: [WITHOUT_KEY_ID],
  start: (issuer) => startNodeRecipe(issuer, 'express.mjs', ['express']),
});

describeResourceServer('the recipe for Fastify', {
  readsFeed: true,
  accepts: [WITHOUT_KEY_ID],
  start: (issuer) => startNodeRecipe(issuer, 'fastify.mjs', ['fastify']),
});

describeResourceServer('the recipe for GraphQL Yoga', {
  readsFeed: true,
  accepts: [WITHOUT_KEY_ID],
  ask: askGraphql,
  start: (issuer) => startNodeRecipe(issuer, 'yoga.mjs', ['graphql-yoga', 'graphql']),
});

describeResourceServer('the recipe for Apollo Server', {
  readsFeed: true,
  accepts: [WITHOUT_KEY_ID],
  ask: askGraphql,
  start: (issuer) => startNodeRecipe(issuer, 'apollo.mjs', ['@apollo/server', 'graphql']),
});
